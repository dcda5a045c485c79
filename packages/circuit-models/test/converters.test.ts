import { input } from '@txsim/ops';
import { describeConverter, make, valuesOf } from '@txsim/plugin-testkit';
import { describe, expect, test } from 'vitest';
import { rampAdc, serialDac, uniformAdc, uniformDac } from '../src/index.js';

for (const bits of [2, 3, 7, 8]) {
  describeConverter(uniformDac, { config: { bits }, levels: 2 ** bits - 1 });
  describeConverter(uniformAdc, { config: { bits }, levels: 2 ** bits - 1 });
}
for (const [bits, bitsPerCycle] of [[1, 1], [3, 1], [6, 2], [7, 3], [4, 8]])
  describeConverter(serialDac, { config: { bits, bitsPerCycle }, levels: 2 ** (bits! + 1) - 1 }); // prettier-ignore
for (const bits of [2, 6]) describeConverter(rampAdc, { config: { bits }, levels: 2 ** bits - 1 });
describeConverter(rampAdc, {
  config: { bits: 6, droop: 1 },
  exempt: { 'what it gives is left as it is by a second conversion': 'codes are read as those of a straight ramp' }, // prettier-ignore
});
describeConverter(uniformAdc, { config: { gainSpread: 0.1, offsetSpread: 0.1, sharedBy: 8 } });
describeConverter(uniformAdc, { config: { bits: 16, range: 'maximal' } });
describeConverter(uniformDac, { config: { scale: 2, readVoltage: 0.1 } });

describe('uniform DAC', () => {
  const convert = (bits: number, x: number[]): Promise<number[]> =>
    valuesOf(make(uniformDac, { config: { bits } }).convert(input('x')), { x });

  test('7 bits: steps of 2/126', async () => {
    const found = await convert(7, [0, 0.5 / 63 - 1e-4, 0.5 / 63 + 1e-4, 1 / 63, -1, 1]);
    [0, 0, 1 / 63, 1 / 63, -1, 1].forEach((v, i) => expect(Math.abs(found[i]! - v)).toBeLessThan(1e-7));
  });

  test('halves go to the even level', async () => {
    // Two bits have the levels −1, 0, 1; the halves of three bits, ±1/6 and ±1/2, are no float32 numbers.
    expect((await convert(2, [0.5, -0.5])).map((v) => v + 0)).toEqual([0, 0]);
  });

  test('scale and read voltage are those of the configuration', () => {
    const { scale, readVoltage } = make(uniformDac, { config: { scale: 3, readVoltage: 0.4 } });
    expect([scale, readVoltage]).toEqual([3, 0.4]);
    expect(make(uniformDac).scale).toBe('absMax');
  });
});

test('stochastic rounding of inputs: the mean is the input, 20,000 of them', async () => {
  const n = 20_000;
  const convert = make(uniformDac, { config: { bits: 4, rounding: 'stochastic' } }).convert(input('x'));
  const levels = (await valuesOf(convert, { x: new Array<number>(n).fill(2.3 / 7) })).map((v) => 7 * v);
  expect(new Set(levels.map(Math.round))).toEqual(new Set([2, 3]));
  const mean = levels.reduce((a, b) => a + b) / n;
  expect(Math.abs((mean - 2.3) / Math.sqrt((0.3 * 0.7) / n))).toBeLessThan(4.5);
});

describe('bit-serial DAC', () => {
  test('11 of 15, one bit at a time: 1, 1, 0, 1 of significance 1, 2, 4, 8 fifteenths; negative ones are negative pulses', async () => {
    const { cycles } = make(serialDac, { config: { bits: 4 } });
    const driven = await Promise.all(cycles!.map((c) => valuesOf(c.convert(input('x')), { x: [11 / 15, -11 / 15] }))); // prettier-ignore
    expect(driven.map(([plus]) => plus)).toEqual([1, 1, 0, 1]);
    expect(driven.map(([, minus]) => minus! + 0)).toEqual([-1, -1, 0, -1]);
    cycles!.forEach(({ significance }, k) => expect(significance).toBeCloseTo(2 ** k / 15, 12));
  });

  test.each([23, 24, 25, 32])(
    '%i bits, one at a time: 0 or a pulse in each cycle, and all of them are the input to half a step or to what float32 holds',
    async (bits) => {
      const { cycles } = make(serialDac, { config: { bits } });
      const x = Array.from({ length: 400 }, (_, i) => Math.fround(Math.sin(i) * 2 ** -(i % 12)));
      x.push(1, -1, 0, 1 - 2 ** -24);
      const sums = x.map(() => 0);
      for (const { significance, convert } of cycles!)
        (await valuesOf(convert(input('x')), { x })).forEach((driven, i) => {
          expect([0, Math.sign(x[i]!)]).toContain(driven + 0);
          sums[i]! += significance * driven;
        });
      // Rounded to a whole number of steps, and once more where x · 2^bits has more than 24 bits.
      x.forEach((v, i) => expect(Math.abs(sums[i]! - v)).toBeLessThanOrEqual(0.51 * 2 ** -bits + 2 ** -23 * Math.abs(v))); // prettier-ignore
      expect(cycles).toHaveLength(bits);
      expect(sums.slice(400, 403).map((v) => Math.round(v * 1e12) / 1e12 + 0)).toEqual([1, -1, 0]);
    },
  );
});

test('ramp ADC: a ramp that droops passes a current where 1 − e^(−λt) does', async () => {
  const [bits, droop] = [10, 1.5];
  const counts = 2 ** (bits - 1) - 1;
  const convert = make(rampAdc, { config: { bits, droop } }).convert(input('i'), {
    op: 'constant',
    value: 1,
  });
  const times = [0, 0.1, 0.35, 0.5, 0.9, 1];
  const ramp = times.map((t) => Math.expm1(-droop * t) / Math.expm1(-droop));
  (await valuesOf(convert, { i: ramp })).forEach((y, i) =>
    expect(Math.abs(y - times[i]!)).toBeLessThanOrEqual(0.51 / counts),
  );
});

describe('uniform ADC', () => {
  const convert = (bits: number, fullScale: number, current: number[]): Promise<number[]> =>
    valuesOf(make(uniformAdc, { config: { bits } }).convert(input('i'), { op: 'constant', value: fullScale }), { i: current }); // prettier-ignore

  test('halves go to the even level', async () => {
    // Three bits have 3 levels on each side: at a full scale of 3 A they are the whole numbers.
    const found = await convert(3, 3, [0.5, 1.5, 2.5, -0.5, -1.5, -2.5]);
    expect(found.map((i) => i + 0)).toEqual([0, 2, 2, 0, -2, -2]);
  });

  test('saturates at ± full scale', async () => {
    expect(await convert(3, 3, [2.9, 3.4, 100, -100])).toEqual([3, 3, 3, -3]);
  });

  test.each([
    [{ calibrate: 0.99 }, { kind: 'calibrated', quantile: 0.99, every: 100 }],
    [
      { calibrate: 1, every: 5 },
      { kind: 'calibrated', quantile: 1, every: 5 },
    ],
    ['maximal', { kind: 'maximal' }],
    ['granular', { kind: 'granular', levels: 127 }],
    [2e-6, { kind: 'fixed', amperes: 2e-6 }],
  ])('range %j is the full scale %j', (range, fullScale) => {
    expect(make(uniformAdc, { config: { range } }).fullScale).toEqual(fullScale);
  });

  test('without a range it is calibrated', () => {
    expect(make(uniformAdc).fullScale).toEqual({ kind: 'calibrated', quantile: 0.999, every: 100 });
  });

  test.each([0, -1, 'largest', { calibrate: 0.5 }, { calibrate: 1.1 }, { calibrate: 0.9, every: 0 }])(
    'range %j is refused',
    (range) => {
      expect(() => make(uniformAdc, { config: { range } })).toThrow('range');
    },
  );
});
