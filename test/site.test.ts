import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test('every guide is on the site', () => {
  const config = readFileSync('typedoc.config.mjs', 'utf8');
  const guides = readdirSync('docs/guides').map((file) => file.replace('.md', ''));
  expect(guides.filter((guide) => !config.includes(`'${guide}',`))).toEqual([]);
});

// All that `npm run docs` does but writing pages, which takes twice as long and adds nothing that could fail.
test('the site has no link to nowhere, no symbol that is used and not exported, no warning', async () => {
  const typedoc = join(resolve('.'), 'node_modules/typedoc/bin/typedoc');
  await run('node', [typedoc, '--emit', 'none']);
}, 300_000);
