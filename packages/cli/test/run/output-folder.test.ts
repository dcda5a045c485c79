import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OutputFolder } from '../../src/run/output-folder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('OutputFolder', () => {
  it('takes the number above those that are there', () => {
    const parent = join(temporaryFolder(), 'runs');
    expect(OutputFolder.next('mnist', parent).path).toBe(join(parent, 'mnist-1'));
    mkdirSync(join(parent, 'mnist-7'));
    mkdirSync(join(parent, 'mnist-coarse-9'));
    expect(OutputFolder.next('mnist', parent).path).toBe(join(parent, 'mnist-8'));
  });

  it('makes nothing before it is needed', () => {
    const parent = join(temporaryFolder(), 'runs');
    OutputFolder.next('mnist', parent);
    OutputFolder.at(join(parent, 'x'));
    expect(existsSync(parent)).toBe(false);
  });

  it('refuses a folder that holds something, and a file', () => {
    const folder = temporaryFolder({ file: '' });
    expect(() => OutputFolder.at(folder)).toThrow('is not overwritten');
    expect(() => OutputFolder.at(join(folder, 'file'))).toThrow('is not overwritten');
    expect(() => OutputFolder.at(join(folder, 'new'))).not.toThrow();
  });

  it('writes files whole, in folders of their own too, and leaves no others', async () => {
    const folder = OutputFolder.at(join(temporaryFolder(), 'run'));
    await folder.write('a.txt', 'first');
    await folder.write('a.txt', 'second');
    await folder.write('plots/b.svg', new Uint8Array([1]));
    folder.append('c.jsonl', '1');
    folder.append('c.jsonl', '2');
    expect(readFileSync(join(folder.path, 'a.txt'), 'utf8')).toBe('second');
    expect(readFileSync(join(folder.path, 'c.jsonl'), 'utf8')).toBe('1\n2\n');
    expect(readdirSync(folder.path).sort()).toEqual(['a.txt', 'c.jsonl', 'plots']);
    expect(readdirSync(join(folder.path, 'plots'))).toEqual(['b.svg']);
  });
});
