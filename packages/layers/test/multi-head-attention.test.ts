import * as tf from '@tensorflow/tfjs';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { beforeAll, expect, test } from 'vitest';
import { labArrays, values } from '../../../test/support/laboratory.js';
import { convertToAnalog, MultiHeadAttention } from '../src/index.js';
import { numbers } from './models.js';

beforeAll(activateWasm);

/**
 * Outputs of the MultiHeadAttention that tfjs-layers 4.22.0 has in dist/layers/nlp and does not export, for the inputs and
 * weights of `reference`, with `useCausalMask` false and true.
 */
const PUBLISHED: readonly [causal: boolean, outputs: readonly number[]][] = [
  // prettier-ignore
  [false, [1.06404, -4.00369, -0.85409, 0.41419, 3.73032, 0.88563, -4.1433, -0.88309, 0.45788, 3.56383, 1.6745, -3.44015, -0.91566, 0.31157, 4.83409, -0.96157, -6.22673, -2.52954, 1.52425, 6.02621, -1.91207, -10.57776, -3.91025, 2.97944, 6.86929, -1.54739, -10.05345, -2.74721, 2.22927, 5.46934]],
  // prettier-ignore
  [true, [-0.01215, -4.78979, -0.63127, 0.48489, 1.74516, -3.20324, -12.40727, -4.4652, 3.3912, 8.05189, -2.45292, -11.71208, -4.5325, 3.26043, 9.39128, -0.83382, -6.62181, -1.92576, 1.37213, 4.00706, -0.90848, -5.78929, -2.01437, 1.12506, 5.64749, -1.32912, -7.47998, -2.37822, 1.74762, 4.32654]],
];

/** Three queries to five values and keys, in two heads. */
function reference(causal: boolean): { model: tf.LayersModel; inputs: tf.Tensor[] } {
  const layer = new MultiHeadAttention({
    name: 'a',
    numHeads: 2,
    keyDim: 3,
    valueDim: 2,
    outputShape: 5,
    causal,
  });
  const shapes = [[3, 4], [5, 4], [5, 6]]; // prettier-ignore
  const symbols = shapes.map((shape) => tf.input({ shape }));
  const model = tf.model({ inputs: symbols, outputs: layer.apply(symbols) as tf.SymbolicTensor });
  layer.setWeights(layer.getWeights().map((w, i) => numbers(w.shape, 10 + i)));
  return { model, inputs: shapes.map((shape, i) => numbers([2, ...shape], 1 + i)) };
}

test.each(PUBLISHED)('has the outputs of another implementation, causal: %s', async (causal, outputs) => {
  const { model, inputs } = reference(causal);
  const analog = await convertToAnalog(
    model,
    labArrays({ mapping: { use: 'mapping', rows: 4, columns: 4 } }),
  );
  for (const network of [model, analog.network]) {
    const found = network.predict(inputs) as tf.Tensor;
    expect(found.shape).toEqual([2, 3, 5]);
    // The numbers are rounded to five digits.
    values(found).forEach((v, i) => expect(Math.abs(v - outputs[i]!)).toBeLessThan(2e-5));
  }
});

test('weights have the names, shapes and order of Keras', () => {
  const { model } = reference(false);
  expect(model.weights.map((w) => [w.originalName, w.shape])).toEqual([
    ['a/query/kernel', [4, 2, 3]],
    ['a/query/bias', [2, 3]],
    ['a/key/kernel', [6, 2, 3]],
    ['a/key/bias', [2, 3]],
    ['a/value/kernel', [4, 2, 2]],
    ['a/value/bias', [2, 2]],
    ['a/attention_output/kernel', [2, 2, 5]],
    ['a/attention_output/bias', [5]],
  ]);
});

test('all heads of a projection share a matrix, and nothing of the layer is told as left digital', async () => {
  const analog = await convertToAnalog(reference(false).model, labArrays());
  const sizes = analog.matrices.map(({ name, grid }) => [name, grid.inputs, grid.outputs]);
  expect(sizes).toEqual([
    ['a/query/kernel', 4, 6],
    ['a/key/kernel', 6, 6],
    ['a/value/kernel', 4, 4],
    ['a/attention_output/kernel', 4, 5],
  ]);
  expect(analog.digital).toEqual([]);
});

test('dropout leaves attention out in training alone', () => {
  const layer = new MultiHeadAttention({ numHeads: 1, keyDim: 2, dropout: 0.5 });
  const x = numbers([1, 8, 2]);
  const apply = (training: boolean): number[] => values(layer.apply(x, { training }) as tf.Tensor);
  expect(apply(false)).toEqual(apply(false));
  expect(apply(true)).not.toEqual(apply(true));
});

test.each([
  [{ numHeads: 0, keyDim: 2 }, 'expected numHeads to be a whole number above 0, got 0'],
  [{ numHeads: 2, keyDim: 2.5 }, 'expected keyDim to be a whole number above 0, got 2.5'],
  [{ numHeads: 2 } as never, 'expected keyDim to be a whole number above 0, got undefined'],
])('sizes %j are refused', (sizes, message) => {
  expect(() => new MultiHeadAttention({ name: 'a', ...sizes })).toThrow(`a: ${message}`);
});

test('what is no sequence, and values by name, are refused with what is expected', () => {
  const layer = new MultiHeadAttention({ name: 'a', numHeads: 1, keyDim: 2 });
  expect(() => layer.apply(tf.input({ shape: [4] }))).toThrow(
    'a: expected inputs [batch, steps, width], got [, 4]',
  );
  const x = tf.input({ shape: [4, 2] });
  expect(() => layer.apply(numbers([1, 4, 2]), { value: x })).toThrow(
    '[query, value] or [query, value, key]',
  );
});
