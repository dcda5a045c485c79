import { compose } from '@txsim/core';
import { simulate } from '@txsim/trainers';
import { describe, expect, it } from 'vitest';
import { completeSource } from '../../src/config/load-stack.js';
import { presets, readPreset } from '../../src/config/presets.js';
import { setValue } from '../../src/config/set-value.js';

async function loaded(name: string, ...assignments: string[]) {
  const source = (await readPreset(name))!;
  for (const assignment of assignments) setValue(source.value, assignment);
  return completeSource(source, []);
}

describe('presets', () => {
  it('are the set-up of the paper and one for each published device', () => {
    expect(presets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['txsim-paper', 'ag-si', 'epiram', 'pcm']),
    );
    expect(presets).toHaveLength(16);
  });

  it.each(presets)('$name can be put together', async ({ name }) => {
    const { stack, registry, host } = await loaded(name);
    compose(stack, registry, host).dispose();
  });

  const tiny = [
    'dataset.trainSize=64',
    'dataset.testSize=50',
    'backend=cpu',
    'network={"use":"mlp","units":[8]}',
  ];
  it.each(['txsim-paper', 'epiram', 'reram-es'])('%s trains', async (name) => {
    const { stack, registry, host } = await loaded(name, ...tiny, 'trainer.batchSize=32');
    const { epochs } = await simulate({ ...stack, reporters: [] }, { registry, host, twin: false });
    expect(Number.isFinite(epochs[0]!.loss)).toBe(true);
  });

  it('have 2-bit cells of 100 kΩ to 1 MΩ in 64 × 64 arrays that are subtracted digitally, in the paper’s', async () => {
    const { mapping, device, nonIdealities } = (await loaded('txsim-paper')).stack.stack;
    expect(mapping).toMatchObject({ rows: 64, columns: 64, cellBits: 2, subtract: 'digital' });
    expect([1 / Number(device['gMax']), 1 / Number(device['gMin'])].map(Math.round)).toEqual([1e5, 1e6]);
    expect(nonIdealities).toContainEqual({ use: 'limited-levels', levels: 2 ** Number(mapping['cellBits']) });
  });
});
