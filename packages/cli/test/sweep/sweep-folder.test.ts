import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseStack } from '@txsim/core';
import { parseStudy, type StudyInput } from '@txsim/studies';
import { describe, expect, it } from 'vitest';
import { SweepFolder, type SweepRecord } from '../../src/sweep/sweep-folder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const stack = parseStack({
  dataset: { use: 'x' },
  network: { use: 'x' },
  stack: { device: { use: 'x' }, mapping: { use: 'x' } },
  trainer: { use: 'x' },
});
const record = (study: StudyInput): SweepRecord => ({
  txsim: '0.1.0',
  name: 'test',
  study: parseStudy(study),
  stack,
  setStack: stack,
  parts: [],
  versions: { '@txsim/core': '0.1.0' },
});

describe('SweepFolder.open', () => {
  it('goes on with the same definition, also under another title', async () => {
    const folder = new SweepFolder(join(temporaryFolder(), 'sweep'));
    await folder.open(record({ title: 'one', axes: { $a: [1] } }));
    await folder.open(record({ title: 'two', axes: { $a: [1] } }));
    expect(folder.record.study.title).toBe('two');
    expect(folder.results().size).toBe(0);
  });

  it.each<[string, StudyInput, string]>([
    ['other values', { axes: { $a: [2] } }, 'axes.$a: was [1], is [2]'],
    ['another order of axes', { axes: { $b: [1], $a: [1] } }, 'axes.$b: was absent'],
    ['more seeds', { axes: { $a: [1] }, seeds: 4 }, 'seeds: was 3, is 4'],
  ])('refuses %s', async (_, study, message) => {
    const folder = new SweepFolder(temporaryFolder());
    await folder.open(record({ axes: { $a: [1] } }));
    const refused = folder.open(record(study));
    await expect(refused).rejects.toMatchObject({ problems: expect.arrayContaining([{ message: expect.stringContaining(message) }]) as unknown }); // prettier-ignore
    expect(folder.record.study.axes).toEqual({ $a: [1] });
  });

  it('refuses another version of a plugin', async () => {
    const folder = new SweepFolder(temporaryFolder());
    const first = record({ axes: { $a: [1] } });
    await folder.open(first);
    await expect(folder.open({ ...first, versions: { '@txsim/core': '0.2.0' } })).rejects.toThrow(
      'holds a sweep of another definition',
    );
  });

  it('refuses a folder with other things in it, and does not mind what a killed process was writing', async () => {
    const foreign = temporaryFolder({ 'notes.txt': 'mine' });
    await expect(new SweepFolder(foreign).open(record({ axes: { $a: [1] } }))).rejects.toThrow(
      'is not empty',
    );
    expect(existsSync(join(foreign, 'sweep.json'))).toBe(false);
    const folder = new SweepFolder(temporaryFolder({ '.sweep.json.17.tmp': '{ "txs' }));
    await folder.open(record({ axes: { $a: [1] } }));
    expect(folder.record.name).toBe('test');
  });
});
