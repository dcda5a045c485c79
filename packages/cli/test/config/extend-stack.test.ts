import { join } from 'node:path';
import { expect, test } from 'vitest';
import { extendStack } from '../../src/config/extend-stack.js';
import { readStackFile } from '../../src/config/read-stack-file.js';
import { temporaryFolder } from '../support/temporary-folder.js';

test('objects are merged, lists and choices of another use take the place of what was there', () => {
  const base = {
    seed: 1,
    stack: { adc: { use: 'a', bits: 8 }, dac: { use: 'd', bits: 8 }, nonIdealities: [1, 2] },
  };
  const own = { stack: { adc: { use: 'b', range: 1 }, dac: { bits: 4 }, nonIdealities: [3] } };
  expect(extendStack(base, own)).toEqual({
    seed: 1,
    stack: { adc: { use: 'b', range: 1 }, dac: { use: 'd', bits: 4 }, nonIdealities: [3] },
  });
});

test('a file is laid over those that it extends, the later over the earlier, with their plugins from where they are', async () => {
  const folder = temporaryFolder({
    'base/deep.json': '{ "seed": 1, "backend": "cpu", "plugins": ["mnist", "./device.mjs"] }',
    'base/middle.json': '{ "extends": "deep.json", "seed": 2, "trainer": { "use": "sgd", "epochs": 1 } }',
    'other.json': '{ "trainer": { "epochs": 5 } }',
    'stack.jsonc': '{ "extends": ["base/middle.json", "other.json"], "plugins": ["mnist", "./mine.mjs"] }',
  });
  const { value, base } = await readStackFile(join(folder, 'stack.jsonc'));
  expect(base).toBe(folder);
  expect(value).toEqual({
    seed: 2,
    backend: 'cpu',
    plugins: ['mnist', './base/device.mjs', './mine.mjs'],
    trainer: { use: 'sgd', epochs: 5 },
  });
});

test('a circle, and a base that is no path, are told', async () => {
  const folder = temporaryFolder({
    'a.json': '{ "extends": "b.json" }',
    'b.json': '{ "extends": "./a.json" }',
    'c.json': '{ "extends": 3 }',
  });
  await expect(readStackFile(join(folder, 'a.json'))).rejects.toThrow(
    /extends itself: .*a\.json → .*b\.json → .*a\.json/,
  );
  await expect(readStackFile(join(folder, 'c.json'))).rejects.toThrow(
    'expected the path of a stack file, got 3',
  );
});
