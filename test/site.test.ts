import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import config from '../typedoc.config.mjs';

const run = promisify(execFile);

test('every guide is on the site', () => {
  const guides = readdirSync('docs/guides').map((file) => `docs/guides/${file}`);
  expect(guides.filter((file) => !config.projectDocuments!.includes(file))).toEqual([]);
});

// All that `npm run docs` does but writing pages, which takes twice as long and adds nothing that could fail.
test('the site has no link to nowhere, no symbol that is used and not exported, no warning', async () => {
  const typedoc = join(resolve('.'), 'node_modules/typedoc/bin/typedoc');
  await run('node', [typedoc, '--emit', 'none']);
}, 300_000);
