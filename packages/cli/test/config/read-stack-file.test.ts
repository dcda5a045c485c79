import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStackFile } from '../../src/config/read-stack-file.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('readStackFile', () => {
  it('is the built-in example without a file, with paths from the working directory', async () => {
    const { value, name, base } = await readStackFile(undefined);
    expect(value).toMatchObject({ dataset: { use: 'mnist' }, trainer: { use: 'trainers/sgd', epochs: 1 } });
    expect({ name, base }).toEqual({ name: 'mnist', base: process.cwd() });
  });

  it('reads a file with paths from its folder, called after it', async () => {
    const folder = temporaryFolder({ 'coarse.jsonc': '{ "seed": 7 } // coarse' });
    const source = await readStackFile(join(folder, 'coarse.jsonc'));
    expect(source).toMatchObject({ value: { seed: 7 }, name: 'coarse', base: folder });
  });

  it('reads a module, and leaves what it exports alone', async () => {
    const folder = temporaryFolder({
      'stack.mjs': 'export const stack = { trainer: { epochs: 1 } }; export default stack;',
    });
    const { value } = await readStackFile(join(folder, 'stack.mjs'));
    (value['trainer'] as { epochs: number }).epochs = 2;
    expect((await readStackFile(join(folder, 'stack.mjs'))).value).toEqual({ trainer: { epochs: 1 } });
  });

  it('takes the stack of a run from its record, on the backend of that run, from the folder of then', async () => {
    const record = {
      name: 'coarse',
      stack: { backend: 'auto', seed: 3 },
      resolveFrom: '../..',
      backend: 'cpu',
      twin: false,
    };
    const folder = temporaryFolder({ 'runs/coarse-1/run.json': JSON.stringify(record) });
    const source = await readStackFile(join(folder, 'runs/coarse-1/run.json'));
    expect(source).toMatchObject({
      value: { seed: 3, backend: 'cpu' },
      name: 'coarse',
      base: folder,
      twin: false,
    });
  });

  it('refuses what is not an object', async () => {
    const folder = temporaryFolder({ 'list.json': '[1]' });
    await expect(readStackFile(join(folder, 'list.json'))).rejects.toThrow(
      'list.json: expected an object, got [1]',
    );
  });
});
