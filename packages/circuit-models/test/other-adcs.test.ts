import { input } from '@txsim/ops';
import { describeConverter, make, valuesOf } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { sarAdc, stochasticAdc, tableAdc, uniformAdc } from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

for (const bits of [2, 6])
  describeConverter(sarAdc, { config: { bits, mismatch: 0 }, levels: 2 ** bits - 1 });
describeConverter(tableAdc, { config: { levels: [0.25, 0.5, 1] }, levels: 7 });

const ONE = { op: 'constant', value: 1 } as const;
const grid = Array.from({ length: 2001 }, (_, i) => (i - 1000) / 999.7);

describe('SAR ADC', () => {
  test('without mismatch it is the uniform ADC', async () => {
    const convert = (of: typeof sarAdc, config: object) =>
      valuesOf(make(of, { config: { bits: 7, ...config } }).convert(input('i'), ONE), { i: grid });
    const [found, wanted] = [await convert(sarAdc, { mismatch: 0 }), await convert(uniformAdc, {})];
    found.forEach((v, i) => expect(v).toBeCloseTo(wanted[i]!, 6));
  });

  test('the step at the largest capacitor is 1 unit less the others, spread by σ √(8 · (14/15)² + 7 · (16/15)²): 150 converters', async () => {
    const [bits, sigma, seeds] = [5, 0.05, 150];
    const fine = Array.from({ length: 601 }, (_, i) => 0.4 + (0.2 * i) / 600);
    const widths: number[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const sar = make(sarAdc, { config: { bits, mismatch: sigma }, seed });
      const codes = (await valuesOf(sar.convert(input('i'), ONE), { i: fine })).map((v) =>
        Math.round(15 * v),
      );
      // Code 7 reaches from where 7 begins to where 8 does; in units of total/15 the capacitors of
      // eight units enter with 1 − 1/15 and the seven others with −1 − 1/15, to first order.
      widths.push((codes.filter((c) => c === 7).length * 0.2 * 15) / 600);
    }
    const mean = widths.reduce((a, b) => a + b) / seeds;
    const variance = widths.reduce((sum, w) => sum + (w - mean) ** 2, 0) / (seeds - 1);
    const expected = sigma * Math.sqrt(8 * (14 / 15) ** 2 + 7 * (16 / 15) ** 2);
    expect(Math.abs((mean - 1) / (expected / Math.sqrt(seeds)))).toBeLessThan(4.5);
    expect(Math.abs((variance / expected ** 2 - 1) / Math.sqrt(2 / seeds))).toBeLessThan(4.5);
  });
});

test('table ADC: the nearest level, and levels that do not rise are refused', async () => {
  const convert = make(tableAdc, { config: { levels: [0.1, 0.5, 1] } }).convert(input('i'), ONE);
  const found = await valuesOf(convert, { i: [0, 0.04, 0.06, 0.29, 0.31, -0.74, -0.76, 5] });
  [0, 0, 0.1, 0.1, 0.5, -0.5, -1, 1].forEach((v, i) => expect(found[i]! + 0).toBeCloseTo(v, 6));
  expect(() => make(tableAdc, { config: { levels: [0.5, 0.2] } })).toThrow('expected levels that rise');
});

test('stochastic ADC: the mean is the current, the variance f (1 − f) steps²: 20,000 conversions', async () => {
  const n = 20_000;
  const adc = make(stochasticAdc, { config: { bits: 4 } });
  const { evaluate, randomStream } = await import('@txsim/ops');
  const currents = tf.fill([n], 2.3 / 7);
  const noise = { draw: 0, streams: () => randomStream(1, 'rounding') };
  const codes = Array.from(await evaluate(adc.convert(input('i'), ONE), { i: currents }, [n], noise).data()).map((v) => 7 * v); // prettier-ignore
  const mean = codes.reduce((a, b) => a + b) / n;
  expect(new Set(codes.map((c) => Math.round(c)))).toEqual(new Set([2, 3]));
  expect(Math.abs((mean - 2.3) / Math.sqrt((0.3 * 0.7) / n))).toBeLessThan(4.5);
});
