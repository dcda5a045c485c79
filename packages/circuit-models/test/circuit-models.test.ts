import { input } from '@txsim/ops';
import {
  describePeriphery,
  describePlugin,
  make,
  valuesOf,
  zOfMean,
  zOfVariance,
  Z_LIMIT,
} from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { noisyDriver, sShapeSense } from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

describePlugin(plugin, { packageJson });
for (const sigma of [0, 0.02]) describePeriphery(noisyDriver, { config: { sigma } });
describePeriphery(sShapeSense, { config: { s: 0.5, noise: 0.06 } });
describePeriphery(sShapeSense, { config: { s: 0 } });

describe('S-shaped sense amplifier', () => {
  const sense = async (s: number, current: number[], fullScale = 2): Promise<number[]> =>
    valuesOf(make(sShapeSense, { config: { s } }).sense(input('i'), { op: 'constant', value: fullScale }), {
      i: current,
    });

  test('gives I / (1 + |s·I / full scale|)', async () => {
    const found = await sense(0.5, [0, 1, -1, 2, 4]);
    [0, 0.8, -0.8, 4 / 3, 2].forEach((i, k) => expect(Math.abs(found[k]! - i)).toBeLessThan(1e-6));
  });

  test('s = 0 leaves the current', async () => expect(await sense(0, [-3, 0.5, 7])).toEqual([-3, 0.5, 7]));

  test('compresses: larger currents stay larger, and small ones stay as they are', async () => {
    const found = await sense(1, [1e-6, 1, 2, 4, 100]);
    expect(Math.abs(found[0]! / 1e-6 - 1)).toBeLessThan(1e-6);
    found.slice(1).forEach((i, k) => expect(i).toBeGreaterThan(found[k]!));
  });
});

describe('noisy driver', () => {
  const N = 20_000;
  const drive = (sigma: number): Promise<number[]> =>
    valuesOf(make(noisyDriver, { config: { sigma } }).drive(input('v')), {
      v: new Array<number>(N).fill(0.25),
    });

  test(`n = ${N}: the noise is N(0, σ) in units of the read voltage`, async () => {
    const volts = await drive(0.02);
    expect(Math.abs(zOfMean(volts, 0.25, 0.02))).toBeLessThan(Z_LIMIT);
    expect(Math.abs(zOfVariance(volts, 0.25, 0.02))).toBeLessThan(Z_LIMIT);
  });

  test('σ = 0 drives exactly', async () => expect(new Set(await drive(0))).toEqual(new Set([0.25])));
});
