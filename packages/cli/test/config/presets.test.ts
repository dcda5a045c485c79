import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compose } from '@txsim/core';
import { simulate } from '@txsim/trainers';
import { describe, expect, it } from 'vitest';
import { completeSource } from '../../src/config/load-stack.js';
import { presets, readPreset } from '../../src/config/presets.js';
import { setValue } from '../../src/config/set-value.js';

async function loaded(name: string, ...assignments: string[]) {
  const source = (await readPreset(name))!;
  for (const assignment of assignments) setValue(source.value, assignment);
  return completeSource(source, ['datasets']);
}

/** A preset on digits of 8 × 8 pixels, with 16 hidden units, in batches of 16. */
async function trained(name: string, ...assignments: string[]) {
  const small = ['backend=wasm', 'dataset={"use":"datasets/digits","testSize":50}', 'network={"use":"mlp","units":[16]}', 'trainer.batchSize=16']; // prettier-ignore
  const { stack, registry, host } = await loaded(name, ...small, ...assignments);
  return simulate({ ...stack, reporters: [] }, { registry, host });
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

  it.each(presets)('$name is in the guide', async ({ name }) => {
    const guide = await readFile(join(import.meta.dirname, '../../../../docs/guides/studies.md'), 'utf8');
    expect(guide).toContain(`\`${name}\``);
  });

  it.each(presets.filter(({ name }) => name !== 'txsim-paper'))(
    '$name trains: its pulses move devices where they are asked to',
    async ({ name }) => {
      const { epochs, devices } = await trained(name, 'dataset.trainSize=64', 'stack.countPulses=true');
      expect(Number.isFinite(epochs[0]!.loss)).toBe(true);
      expect(devices).toHaveLength(2);
      for (const { pulses } of devices) {
        expect(pulses!.total).toBeGreaterThan(0);
        expect(pulses!.efficiency).toBeGreaterThan(0);
      }
    },
  );
});

describe('the preset of the paper', () => {
  it('has 2-bit cells of 100 kΩ to 1 MΩ in 64 × 64 arrays that are subtracted digitally, 32-bit weights and 1-bit DACs', async () => {
    const { mapping, device, dac, nonIdealities } = (await loaded('txsim-paper')).stack.stack;
    expect(mapping).toMatchObject({ rows: 64, columns: 64, placement: 'separate', subtract: 'digital' });
    expect(mapping).toMatchObject({ cellBits: 2, slices: 16 });
    expect([1 / Number(device['gMax']), 1 / Number(device['gMin'])].map(Math.round)).toEqual([1e5, 1e6]);
    expect(nonIdealities).toContainEqual({ use: 'limited-levels', levels: 2 ** Number(mapping['cellBits']) });
    expect(dac).toMatchObject({ use: 'circuit-models/serial-dac', bitsPerCycle: 1 });
  });

  it.each([
    ['8', 320, 3],
    ['32', 96, 2],
  ])('learns with inputs of %s bits as its digital twin does, to a fifth', async (bits, size, count) => {
    const keys = [`stack.dac.bits=${bits}`, `dataset.trainSize=${size}`, `trainer.epochs=${count}`];
    const { epochs } = await trained('txsim-paper', 'trainer.learningRate=0.5', ...keys);
    const [first, last] = [epochs[0]!, epochs.at(-1)!];
    const fall = last.loss - first.loss;
    const wanted = last.twinLoss! - first.twinLoss!;
    expect(wanted).toBeLessThan(-0.1);
    expect(fall / wanted).toBeGreaterThan(0.8);
    expect(fall / wanted).toBeLessThan(1.2);
  });
});
