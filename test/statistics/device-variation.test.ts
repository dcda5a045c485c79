import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { labMatrix, values } from '../support/laboratory.js';
import { Z, zOfCorrelation, zOfMean, zOfVariance } from '../support/statistics.js';

beforeAll(async () => {
  const { activateWasm } = await import('@txsim/plugin-backend-wasm');
  await activateWasm();
});

const SIGMA = 0.1;
const SIZE = 128;
const weights = () => tf.fill([SIZE, SIZE], 0.5) as tf.Tensor2D;

/** What each of the 2 · 128² devices conducts, over what it holds. */
async function factors(
  nonIdealities: { use: string; [key: string]: unknown }[],
  seed = 1,
): Promise<number[][]> {
  const matrix = await labMatrix(weights(), { nonIdealities }, { seed });
  return matrix.conducting().map((g, p) => values(tf.div(g, matrix.state[p]!)));
}

test('n = 32768: the factor is N(1, σ)', async () => {
  const sample = (await factors([{ use: 'device-variation', sigma: SIGMA }])).flat();
  expect(sample).toHaveLength(2 * SIZE * SIZE);
  expect(Math.abs(zOfMean(sample, 1, SIGMA))).toBeLessThan(Z);
  expect(Math.abs(zOfVariance(sample, 1, SIGMA))).toBeLessThan(Z);
});

test('n = 32768: the logarithm of a log-normal factor is N(0, σ)', async () => {
  const all = (await factors([{ use: 'device-variation', sigma: SIGMA, distribution: 'lognormal' }])).flat();
  const sample = all.map(Math.log);
  expect(Math.abs(zOfMean(sample, 0, SIGMA))).toBeLessThan(Z);
  expect(Math.abs(zOfVariance(sample, 0, SIGMA))).toBeLessThan(Z);
});

test('n = 16384: the two devices of a pair, and two seeds, are independent', async () => {
  const [positive, negative] = await factors([{ use: 'device-variation' }]);
  const [other] = await factors([{ use: 'device-variation' }], 2);
  expect(Math.abs(zOfCorrelation(positive!, negative!))).toBeLessThan(Z);
  expect(Math.abs(zOfCorrelation(positive!, other!))).toBeLessThan(Z);
});

test('a device keeps its factor when it is written, and other non-idealities do not change it', async () => {
  const matrix = await labMatrix(weights(), { nonIdealities: [{ use: 'device-variation' }] });
  const factor = (): number[] => values(tf.div(matrix.conducting()[0]!, matrix.state[0]!));
  const before = factor();
  matrix.update(tf.ones([1, SIZE]), tf.fill([1, SIZE], -0.1), 1);
  factor().forEach((f, i) => expect(Math.abs(f - before[i]!)).toBeLessThan(1e-6));
  const [withNoise] = await factors([{ use: 'write-noise' }, { use: 'device-variation' }]);
  withNoise!.forEach((f, i) => expect(Math.abs(f - before[i]!)).toBeLessThan(1e-6));
});

/** Changes of all devices of a matrix by one update, over the nominal change. */
async function changes(spread: object, update: string, draws = 1): Promise<number[][]> {
  const dw = 1e-3;
  const matrix = await labMatrix(tf.zeros([SIZE, SIZE]), {
    device: { use: 'device-models/constant-step', gMin: 1e-6, gMax: 3e-6, wMin: -1, wMax: 1, dw, spread },
    mapping: { use: 'mapping', sides: 'two', weightRange: 1 },
    updateRule: { use: `trainers/${update}` },
  });
  const found: number[][] = [];
  for (let draw = 0; draw < draws; draw++) {
    const before = matrix.state.map((g) => values(g));
    // One pulse of each device: every line fires in the only slot.
    matrix.update(tf.ones([1, SIZE]), tf.fill([1, SIZE], -1), dw);
    found.push(matrix.state.flatMap((g, p) => values(g).map((v, i) => Math.abs(v - before[p]![i]!) / (dw * 1e-6)))); // prettier-ignore
  }
  matrix.dispose();
  return found;
}

/** Changes are differences of two conductances of float32, in steps of a thousandth of them. */
test.each(['outer-product', 'pulsed-sgd'])(
  'n = 32768, %s: a spread of the step is each device’s own and stays, one of cycles is drawn anew',
  async (rule) => {
    const [first, second] = await changes({ dw: { deviceToDevice: 0.2 } }, rule, 2);
    expect(Math.abs(zOfMean(first!, 1, 0.2))).toBeLessThan(Z);
    expect(Math.abs(zOfVariance(first!, 1, 0.2))).toBeLessThan(Z);
    second!.forEach((c, i) => expect(Math.abs(c - first![i]!)).toBeLessThan(2e-3));
    const [one, other] = await changes({ dw: { cycleToCycle: 0.2 } }, rule, 2);
    for (const sample of [one!, other!]) {
      expect(Math.abs(zOfMean(sample, 1, 0.2))).toBeLessThan(Z);
      expect(Math.abs(zOfVariance(sample, 1, 0.2))).toBeLessThan(Z);
    }
    expect(Math.abs(zOfCorrelation(one!, other!))).toBeLessThan(Z);
  },
);

test('n = 32768: what is added to a conductance is N(0, σ) of the window', async () => {
  const matrix = await labMatrix(weights(), { nonIdealities: [{ use: 'device-variation', sigma: 0.01, kind: 'additive' }] }); // prettier-ignore
  const range = 9e-6;
  const sample = matrix.conducting().flatMap((g, p) => values(tf.sub(g, matrix.state[p]!)).map((v) => v / range)); // prettier-ignore
  expect(Math.abs(zOfMean(sample, 0, 0.01))).toBeLessThan(Z);
  expect(Math.abs(zOfVariance(sample, 0, 0.01))).toBeLessThan(Z);
});
