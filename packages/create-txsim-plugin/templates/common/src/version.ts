/** The version in package.json; `npm run version` writes it. */
export const VERSION = '0.0.0';
