import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nodeHost } from '../src/node-host.js';
import { temporaryFolder } from './support/temporary-folder.js';

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

it('reads a path from the first folder, before packages', async () => {
  const folder = temporaryFolder({ 'data/x': 'near', 'node_modules/data/x': 'package' });
  expect(textOf(await nodeHost([folder]).readFile('data/x'))).toBe('near');
  expect(textOf(await nodeHost([folder]).readFile(join(folder, 'data/x')))).toBe('near');
});

it('reads a file of a package that a folder can see, exported or not', async () => {
  const folder = temporaryFolder({
    'node_modules/@acme/data/x': 'outer',
    'plugin/node_modules/digits/y': 'inner',
  });
  const host = nodeHost([join(folder, 'stacks'), join(folder, 'plugin/dist')]);
  expect(textOf(await host.readFile('@acme/data/x'))).toBe('outer');
  expect(textOf(await host.readFile('digits/y'))).toBe('inner');
});

it('does not look for relative paths in packages', async () => {
  const folder = temporaryFolder({ 'node_modules/x': '' });
  await expect(nodeHost([folder]).readFile('./x')).rejects.toThrow('no such file');
});
