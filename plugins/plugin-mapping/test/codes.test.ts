import { describeMapping, make } from '@txsim/plugin-testkit';
import { conductanceRange, type Contribution, type Mapping } from '@txsim/core';
import { evaluate, input, type Expression } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { bitSlicing, offset, ternary, unary } from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

const limits = { rows: 64, columns: 64 };
const ROUNDED = 'weights are rounded to the steps that the devices stand for';

for (const subtract of ['analog', 'digital']) {
  describeMapping(offset, {
    config: { subtract },
    limits,
    exempt: {
      'from any state, a change that the window can hold is made inside the window':
        'the reference is not written, so a weight whose reference has moved is clipped',
    },
  });
}
describeMapping(unary, { limits });
describeMapping(unary, {
  config: { devices: 1, tiling: 'fill', rows: 30 },
  limits: { rows: 30, columns: 64 },
});
for (const subtract of ['analog', 'digital']) {
  describeMapping(bitSlicing, {
    config: { cellBits: 4, slices: 3, subtract },
    limits,
    exempt: { 'decoding gives back what was encoded': ROUNDED, 'ideal devices that are asked for a change of u stand for u + change, inside the window': ROUNDED }, // prettier-ignore
  });
}
describeMapping(bitSlicing, { config: { cellBits: 2, slices: 16 }, limits });
describeMapping(bitSlicing, {
  config: { cellBits: 2, slices: 2, carry: 'none' },
  limits,
  exempt: {
    'decoding gives back what was encoded': ROUNDED,
    'ideal devices that are asked for a change of u stand for u + change, inside the window':
      'the lowest slice takes what it can',
    'from any state, a change that the window can hold is made inside the window':
      'the lowest slice takes what it can',
  },
});
describeMapping(ternary, {
  limits,
  exempt: { 'decoding gives back what was encoded': ROUNDED, 'ideal devices that are asked for a change of u stand for u + change, inside the window': ROUNDED }, // prettier-ignore
});

const WINDOW = { gMin: 1, gMax: 17 };

/** The conductances of all planes that stand for u, and what they decode to. */
async function through(
  contribution: Contribution<Mapping>,
  config: Record<string, unknown>,
  u: readonly number[],
) {
  const mapping = make(contribution, { config });
  const values = async (e: ReturnType<Mapping['encode']>) =>
    Array.from(await evaluate(e, { u: tf.tensor1d([...u]) }, [u.length]).data());
  const planes = await Promise.all(
    Array.from({ length: mapping.planes }, (_, p) => values(mapping.encode(p, input('u'), WINDOW))),
  );
  const decoded = u.map((_, i) =>
    mapping.readouts.reduce((sum, { planes: weights, significance }) => {
      const current = weights.reduce((total, w, p) => total + w * planes[p]![i]!, 0);
      return sum + (significance * current) / conductanceRange(WINDOW);
    }, 0),
  );
  return { planes, decoded };
}

describe('bit slicing', () => {
  test('four two-bit cells: 27/255 is the digits 3, 2, 1, 0 from the lowest slice on', async () => {
    const { planes } = await through(bitSlicing, { cellBits: 2, slices: 4 }, [27 / 255, -27 / 255]);
    const digits = planes.map((g) => g.map((x) => Number((((x - WINDOW.gMin) * 3) / 16).toFixed(5))));
    expect(digits.map(([plus]) => plus)).toEqual([3, 0, 2, 0, 1, 0, 0, 0]);
    expect(digits.map(([, minus]) => minus)).toEqual([0, 3, 0, 2, 0, 1, 0, 0]);
  });

  test.each([
    [1, 1],
    [1, 4],
    [2, 1],
    [2, 4],
    [3, 2],
    [4, 3],
    [8, 1],
    [8, 2],
    [2, 12],
    [2, 16],
    [8, 4],
  ])('cells of %i bits, %i slices: no weight is off by more than half a step', async (cellBits, slices) => {
    // prettier-ignore
    const largest = 2 ** (cellBits * slices) - 1;
    const u = Array.from({ length: 101 }, (_, i) => i / 50 - 1);
    const { decoded } = await through(bitSlicing, { cellBits, slices }, u);
    decoded.forEach((v, i) => expect(Math.abs(v - u[i]!) * largest).toBeLessThan(0.5 + 1e-6 * largest));
    // The peer's defect 2: full scale is off by (2^b − 2)/(2^b − 1).
    expect(decoded[100]).toBeCloseTo(1, 5);
  });

  test('more than 32 bits are refused', () => {
    expect(() => make(bitSlicing, { config: { cellBits: 8, slices: 5 } })).toThrow('40 bits are more than');
  });

  test('without carry a change goes to the lowest slice, and no further than its window', async () => {
    const mapping = make(bitSlicing, { config: { cellBits: 2, slices: 2, carry: 'none' } });
    const planes = [9, 1, 5, 1];
    const inputs = Object.fromEntries(planes.map((g, p) => [`p${p}`, tf.scalar(g)]));
    const asked = async (change: number): Promise<number[]> =>
      Promise.all(
        planes.map(async (_, p) => {
          const all = planes.map((__, k) => input(`p${k}`));
          const e = mapping.request(p, input('change'), all, WINDOW);
          return (await evaluate(e, { ...inputs, change: tf.scalar(change) }, []).data())[0]! + 0;
        }),
      );
    // A step of 1/15 is 16/3 siemens of the lowest slice.
    const up = await asked(1 / 15);
    expect(up[0]).toBeCloseTo(16 / 3, 4);
    expect(up.slice(1)).toEqual([0, 0, 0]);
    const down = await asked(-3 / 15);
    expect(down[0]).toBeCloseTo(-8, 4);
    expect(down[1]).toBeCloseTo(8, 4);
    expect(down.slice(2)).toEqual([0, 0]);
  });
});

test('unary devices are filled one after the other', async () => {
  const { planes } = await through(unary, { devices: 4 }, [0.375, -1]);
  expect(planes.map(([g]) => g)).toEqual([17, 9, 1, 1, 1, 1, 1, 1]);
  expect(planes.map(([, g]) => g)).toEqual([1, 1, 1, 1, 17, 17, 17, 17]);
});

test('ternary weights are off within the threshold', async () => {
  const { decoded } = await through(ternary, { threshold: 0.3 }, [-1, -0.31, -0.29, 0, 0.29, 0.31, 1]);
  expect(decoded.map((v) => v + 0)).toEqual([-1, -1, 0, 0, 0, 1, 1]);
});

test('offset: 0 is the middle, and full scale is exact', async () => {
  const { planes, decoded } = await through(offset, {}, [-1, 0, 1]);
  expect(planes).toEqual([[1, 9, 17], [9, 9, 9]]); // prettier-ignore
  expect(decoded).toEqual([-1, 0, 1]);
});

describe('tiling', () => {
  test.each([
    ['equal', 100, 2, 56],
    ['fill', 100, 2, 64],
    ['fill', 60, 1, 64],
    ['fill', 20, 1, 24],
  ])('%s: %i lines are %i arrays of %i', (tiling, lines, tiles, length) => {
    const grid = make(offset, { config: { tiling } }).grid(lines, lines);
    expect([grid.tileRows, grid.rows, grid.tileColumns, grid.columns]).toEqual([
      tiles,
      length,
      tiles,
      length,
    ]);
  });
});

describe('pulses of codes', () => {
  /** Which plane a pulse of a weight on so many devices goes to, and whether it rises there. */
  const pulseOf = async (
    contribution: Contribution<Mapping>,
    config: Record<string, unknown>,
    up: 0 | 1,
    planes: number[],
  ) => {
    const mapping = make(contribution, { config });
    const all = planes.map((_, p) => input(`p${p}`));
    const inputs = Object.fromEntries(planes.map((g, p) => [`p${p}`, tf.scalar(g)]));
    const [pulse, ...others] = mapping.pulses!(input('up'), all, WINDOW, 1);
    expect(others).toEqual([]);
    const valueOf = async (e: Expression | number) =>
      typeof e === 'number' ? e : (await evaluate(e, { ...inputs, up: tf.scalar(up) }, []).data())[0];
    return [await valueOf(pulse!.plane), await valueOf(pulse!.up)];
  };

  test.each([
    ['empty: the first device rises', 1, [1, 1, 1, 1, 1, 1], [0, 1]],
    ['empty, downwards: the first one of the other sign', 0, [1, 1, 1, 1, 1, 1], [3, 1]],
    ['within the first', 1, [9, 1, 1, 1, 1, 1], [0, 1]],
    ['the first is full within half a step', 1, [16.6, 1, 1, 1, 1, 1], [1, 1]],
    ['all are full', 1, [17, 17, 17, 1, 1, 1], [2, 1]],
    ['what is held is given back, from the last one on', 0, [17, 4, 1, 1, 1, 1], [1, 0]],
    ['half a step is not held', 0, [17, 1.4, 1, 1, 1, 1], [0, 0]],
    ['the other sign gives back first', 1, [1, 1, 1, 17, 2, 1], [4, 0]],
  ] as const)('unary, three pairs: %s', async (_, up, planes, expected) => {
    expect(await pulseOf(unary, { devices: 3 }, up, [...planes])).toEqual([...expected]);
  });

  test('ternary: as a one-sided pair', async () => {
    expect(await pulseOf(ternary, {}, 1, [1, 1])).toEqual([0, 1]);
    expect(await pulseOf(ternary, {}, 1, [1, 9])).toEqual([1, 0]);
    expect(await pulseOf(ternary, {}, 0, [9, 1])).toEqual([0, 0]);
  });

  test('slices without carry: the lowest pair; with carry a pulse has no meaning', async () => {
    const config = { cellBits: 2, slices: 2, carry: 'none' };
    expect(await pulseOf(bitSlicing, config, 1, [9, 1, 5, 1])).toEqual([0, 1]);
    expect(await pulseOf(bitSlicing, config, 1, [1, 9, 5, 1])).toEqual([1, 0]);
    expect(make(bitSlicing).pulses).toBeUndefined();
  });
});
