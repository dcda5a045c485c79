import {
  effectiveConductanceReference,
  fillUniform,
  lineSeverityReference,
  randomStream,
  rankFourConductanceReference,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  effectiveConductance,
  lineSeverity,
  rankFourConductance,
} from '../src/kernels/effective-conductance.js';

// The composition runs on any backend; here on the one that is always there.
beforeAll(async () => void (await tf.setBackend('cpu')));

/** Conductances up to 100 µS. */
function plane(shape: number[]): tf.Tensor {
  const values = new Float32Array(tf.util.sizeFromShape(shape));
  fillUniform(randomStream(1, 'plane'), 0, 0, values);
  return tf.tensor(values.map((x) => 1e-4 * x), shape); // prettier-ignore
}

const lines = { row: 2, column: 3, rowEnd: 102, columnEnd: 53 };

const forms = [
  [effectiveConductance, effectiveConductanceReference],
  [rankFourConductance, rankFourConductanceReference],
  [lineSeverity, lineSeverityReference],
] as const;

function expectParity(g: tf.Tensor, resistances: typeof lines): void {
  for (const [kernel, reference] of forms) expectSame(kernel(g, resistances), reference(g, resistances));
}

function expectSame(found: tf.Tensor, expected: tf.Tensor): void {
  expect(found.shape).toEqual(expected.shape);
  const error = tf.div(tf.max(tf.abs(tf.sub(found, expected))), tf.add(tf.max(tf.abs(expected)), 1e-30));
  expect(error.dataSync()[0]).toBeLessThanOrEqual(1e-5);
}

describe('the composition gives what the reference gives', () => {
  test.each([
    [[64, 64]],
    [[2, 3, 16, 16]],
    [[128, 128]],
    [[2, 64, 30]],
    [[2, 31, 64]],
    [[37, 41]],
    [[1, 20]],
    [[20, 1]],
    [[3, 1, 1]],
  ])('for arrays %j', (shape) => expectParity(plane(shape), lines));

  test.each([
    ['no resistance at all', { row: 0, column: 0, rowEnd: 0, columnEnd: 0 }],
    ['ideal rows', { ...lines, row: 0, rowEnd: 0 }],
    ['ideal columns', { ...lines, column: 0, columnEnd: 0 }],
    ['wires that hold back almost everything', { row: 2000, column: 2000, rowEnd: 1e5, columnEnd: 1e5 }],
  ])('with %s', (_, resistances) => expectParity(plane([2, 48, 48]), resistances));

  test('without conductance', () => expectParity(tf.zeros([2, 5, 6]), lines));
});

test('nothing but the result stays in memory', () => {
  const g = plane([2, 32, 32]);
  const before = tf.memory().numTensors;
  for (const [kernel] of forms) kernel(g, lines);
  expect(tf.memory().numTensors).toBe(before + forms.length);
});

test('it takes less than a third of the operations of the reference', async () => {
  const g = plane([2, 64, 64]);
  const count = async (compute: () => tf.Tensor): Promise<number> => (await tf.profile(() => tf.tidy(compute))).kernels.length; // prettier-ignore
  const found = await count(() => effectiveConductance(g, lines));
  expect(found).toBeLessThan((await count(() => effectiveConductanceReference(g, lines))) / 3);
});
