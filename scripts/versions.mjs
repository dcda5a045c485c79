/**
 * Repeats the versions of the packages where their sources do: `version` and `engines.txsim` of plugins, the constants of
 * core, cli and create-txsim-plugin. Run by `npm run version`, behind `changeset version`; tests compare them, too.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifestOf = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
const folders = ['packages', 'plugins'].flatMap((room) =>
  readdirSync(join(root, room)).map((name) => `${room}/${name}`),
);
const versions = new Map(folders.map(manifestOf).map(({ name, version }) => [name, version]));

for (const folder of folders) {
  const { version, peerDependencies = {} } = manifestOf(folder);
  replaceIn(`${folder}/src/index.ts`, /(?<=^ {2}version: ')[^']+/m, version);
  replaceIn(
    `${folder}/src/index.ts`,
    /(?<=^ {2}engines: \{ txsim: ')[^']+/m,
    peerDependencies['@txsim/core'],
  );
  replaceIn(`${folder}/src/version.ts`, /(?<=VERSION = ')[^']+/, version);
}
const RANGES = {
  cli: '@txsim/cli',
  core: '@txsim/core',
  ops: '@txsim/ops',
  testkit: '@txsim/plugin-testkit',
};
for (const [word, name] of Object.entries(RANGES)) {
  const pattern = new RegExp(`(?<=__${word}Range__: ')[^']+`);
  replaceIn('packages/create-txsim-plugin/src/ranges.ts', pattern, `^${versions.get(name)}`);
}

/** Writes a file only where something in it is another. */
function replaceIn(file, pattern, text) {
  let before;
  try {
    before = readFileSync(join(root, file), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  const after = before.replace(pattern, text);
  if (after !== before) writeFileSync(join(root, file), after);
}
