import { fillNormal, fillUniform, randomStream, randomWords, type Generator } from '@txsim/ops';
import { describe, expect, test } from 'vitest';
import { LARGEST_NORMAL, LIMIT, zOfMean } from '../support/statistics.js';

/** Numbers per test; every z below is a mean of this many terms. */
const N = 2 ** 18;

const drawsOf = (generator: Generator) => {
  const filled = (fill: typeof fillNormal, name: string, draw: number): Float32Array => {
    const out = new Float32Array(N);
    fill({ ...randomStream(1, name), generator }, draw, 0, out);
    return out;
  };
  return {
    normal: (name: string, draw = 0) => filled(fillNormal, name, draw),
    uniform: (name: string, draw = 0) => filled(fillUniform, name, draw),
  };
};

describe.each<Generator>(['feistel', 'philox'])(`fillNormal of %s, ${N} numbers`, (generator) => {
  const draws = drawsOf(generator);
  const x = draws.normal('normal');

  test('has the first six moments of N(0, 1)', () => {
    // [power, E xᵖ, Var xᵖ]
    const moments = [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
      [5, 0, 945],
      [6, 15, 10395 - 225],
    ] as const;
    for (const [power, mean, variance] of moments) {
      const z = zOfMean(x.length, (i) => x[i]! ** power, mean, variance);
      expect(Math.abs(z), `moment ${power}`).toBeLessThan(LIMIT);
    }
  });

  test.each([
    [1, 0.317310507862914],
    [2, 0.045500263896358],
    [3, 0.00269979606326],
    [4, 0.000063342483666],
  ])('goes beyond ±%d σ as often as N(0, 1)', (bound, share) => {
    const z = zOfMean(N, (i) => (Math.abs(x[i]!) > bound ? 1 : 0), share, share * (1 - share));
    expect(Math.abs(z)).toBeLessThan(LIMIT);
  });

  test('is never larger than √(−2 ln 2⁻²⁴) and always finite', () => {
    expect(x.every((v) => Math.abs(v) <= LARGEST_NORMAL)).toBe(true);
  });

  test('is uncorrelated along the draw, also within the pairs of Box and Muller', () => {
    for (const lag of [1, 2, 3, 4, 5, 7, 8, 12, 16, 17, 64, 128, 1000]) {
      const z = zOfMean(N - lag, (i) => x[i]! * x[i + lag]!, 0, 1);
      expect(Math.abs(z), `lag ${lag}`).toBeLessThan(LIMIT);
      const ofSquares = zOfMean(N - lag, (i) => (x[i]! ** 2 - 1) * (x[i + lag]! ** 2 - 1), 0, 4);
      expect(Math.abs(ofSquares), `squares, lag ${lag}`).toBeLessThan(LIMIT);
    }
  });

  test.each([
    ['the next draw', draws.normal('normal', 1)],
    ['another stream', draws.normal('another')],
    ['the uniform draw of the same stream', draws.uniform('normal').map((u) => (u - 0.5) * Math.sqrt(12))],
  ])('is uncorrelated with %s', (_, y) => {
    expect(Math.abs(zOfMean(N, (i) => x[i]! * y[i]!, 0, 1))).toBeLessThan(LIMIT);
  });
});

describe.each<Generator>(['feistel', 'philox'])(`fillUniform of %s, ${N} numbers`, (generator) => {
  const u = drawsOf(generator).uniform('uniform');

  test('has the moments of U(0, 1) about ½', () => {
    // E yᵖ = 2⁻ᵖ/(p+1) for even p; Var yᵖ = E y²ᵖ − (E yᵖ)².
    const central = (p: number): number => (p % 2 === 0 ? 2 ** -p / (p + 1) : 0);
    for (const p of [1, 2, 3, 4]) {
      const z = zOfMean(N, (i) => (u[i]! - 0.5) ** p, central(p), central(2 * p) - central(p) ** 2);
      expect(Math.abs(z), `moment ${p}`).toBeLessThan(LIMIT);
    }
  });

  test('fills 256 equal bins evenly (χ²)', () => {
    const bins = new Float64Array(256);
    for (const v of u) bins[Math.floor(v * 256)]!++;
    const expected = N / 256;
    const chiSquare = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(Math.abs((chiSquare - 255) / Math.sqrt(2 * 255))).toBeLessThan(LIMIT);
  });

  test('is never 0 and never 1, not even from the smallest and the largest word', () => {
    expect(u.every((v) => v > 0 && v < 1)).toBe(true);
    const ofWord = (word: number): number => Math.fround(((word >>> 9) + 0.5) * 2 ** -23);
    expect(ofWord(0)).toBeGreaterThan(0);
    expect(ofWord(0xffffffff)).toBeLessThan(1);
  });

  test('is ((word >> 9) + ½) · 2⁻²³, exactly', () => {
    const words = new Uint32Array(N);
    randomWords({ ...randomStream(1, 'uniform'), generator }, 0, 0, 0, words);
    expect(u.every((v, i) => v === ((words[i]! >>> 9) + 0.5) * 2 ** -23)).toBe(true);
  });

  test('is uncorrelated along the draw', () => {
    for (const lag of [1, 2, 3, 4, 8, 16, 17, 64]) {
      const z = zOfMean(N - lag, (i) => (u[i]! - 0.5) * (u[i + lag]! - 0.5), 0, 1 / 144);
      expect(Math.abs(z), `lag ${lag}`).toBeLessThan(LIMIT);
    }
  });
});

test.each([
  ['fillNormal', fillNormal],
  ['fillUniform', fillUniform],
])('%s is independent of how a draw is cut into pieces', (_, fill) => {
  const stream = randomStream(3, 'pieces');
  const whole = new Float32Array(100);
  fill(stream, 9, 0, whole);
  for (let start = 0; start < 40; start++) {
    for (const length of [0, 1, 3, 7, 8, 9, 31]) {
      const piece = new Float32Array(length);
      fill(stream, 9, start, piece);
      expect(piece).toEqual(whole.slice(start, start + length));
    }
  }
});
