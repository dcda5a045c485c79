// Repeats the version of package.json in src/version.ts; run by `npm run version`.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../src/version.ts', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
writeFileSync(path, readFileSync(path, 'utf8').replace(/VERSION = '.*'/, `VERSION = '${version}'`));
