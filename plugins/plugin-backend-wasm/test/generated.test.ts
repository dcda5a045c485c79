import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
// @ts-expect-error a script without declarations
import { assemble } from '../scripts/assemble.mjs';

test('the kernels in src/generated are what assembly/ compiles to', async () => {
  const committed = await readFile(new URL('../src/generated/kernels.ts', import.meta.url), 'utf8');
  expect(await (assemble as () => Promise<string>)()).toBe(committed);
}, 30_000);
