/** The version of @txsim/core that plugins name in `engines.txsim`; a test keeps it equal to package.json. */
export const VERSION = '0.1.0';
