import { convolutionGeometry, fold, foldReference, unfold, unfoldReference } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { Promised } from '../support/promises.js';
import type { Parity } from './parity.js';
import { normals } from './tensors.js';

const PRODUCTS = 1e-5;
const ELEMENTWISE = 1e-6;

type Function = (...inputs: tf.Tensor[]) => tf.Tensor;

/** A function that training uses: its value and the gradient at each of its inputs are those of cpu. */
interface Differentiable {
  readonly of: Function;
  readonly inputs: Readonly<Record<string, () => tf.Tensor>>;
  readonly tolerance: number;
}

const image = (): tf.Tensor => normals([2, 7, 6, 3], 5);
const channels =
  (seed: number): (() => tf.Tensor) =>
  () =>
    normals([3], seed);
/** Windows have negative values alone, too. Among equal ones the gradient may go to any: there are none. */
const negative = (): tf.Tensor => tf.sub(normals([2, 7, 6, 3], 8), 1);

const convolution = (stride: number, pad: 'same' | 'valid'): Differentiable => ({
  of: (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad),
  inputs: { input: image, filter: () => normals([3, 3, 3, 4], 6) },
  tolerance: PRODUCTS,
});
const depthwise = (stride: number, pad: 'same' | 'valid'): Differentiable => ({
  of: (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad),
  inputs: { input: image, filter: () => normals([3, 2, 3, 2], 7) },
  tolerance: PRODUCTS,
});
/** Means have no padding: tfjs' cpu leaves it out of the means but divides gradients by the whole window. */
const pooling = (name: 'maxPool' | 'avgPool', stride: number): Differentiable => ({
  of: (x) => tf[name](x as tf.Tensor4D, 2, stride, name === 'maxPool' ? 'same' : 'valid'),
  inputs: { input: negative },
  tolerance: ELEMENTWISE,
});
const gather = (shape: readonly number[], axis: number): Differentiable => ({
  of: (x) => tf.gather(x, tf.tensor1d([0, 2, 2, 5, 0, 0, 3], 'int32'), axis),
  inputs: { input: () => normals(shape, 9) },
  tolerance: ELEMENTWISE,
});

const DIFFERENTIABLE: Readonly<Record<string, Differentiable>> = {
  'conv2d, same': convolution(1, 'same'),
  'conv2d, valid, strides of 2': convolution(2, 'valid'),
  'depthwiseConv2d, same': depthwise(1, 'same'),
  'depthwiseConv2d, valid, strides of 2': depthwise(2, 'valid'),
  'maxPool, windows apart': pooling('maxPool', 2),
  'maxPool, windows that overlap': pooling('maxPool', 1),
  'avgPool, windows apart': pooling('avgPool', 2),
  'avgPool, windows that overlap': pooling('avgPool', 1),
  batchNorm: {
    of: (x, offset, scale) => {
      const { mean, variance } = tf.moments(x!, [0, 1, 2]);
      return tf.batchNorm(x!, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D); // prettier-ignore
    },
    inputs: { input: image, offset: channels(10), scale: channels(11) },
    tolerance: PRODUCTS,
  },
  'gather from rows': gather([6, 4], 0),
  'gather from a vector': gather([6], 0),
  'gather along the middle': gather([3, 6, 5], 1),
  'gather along the last': gather([2, 3, 6], 2),
  tanh: { of: (x) => tf.tanh(x!), inputs: { input: () => normals([3, 41], 12) }, tolerance: ELEMENTWISE },
  sigmoid: {
    of: (x) => tf.sigmoid(x!),
    inputs: { input: () => normals([3, 41], 13) },
    tolerance: ELEMENTWISE,
  },
  'softmax cross entropy': {
    of: (logits) =>
      tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d([0, 6, 3, 3, 1], 'int32'), 7), logits!),
    inputs: { logits: () => normals([5, 7], 14) },
    tolerance: ELEMENTWISE,
  },
};

const size = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 24 }), fc.integer({ min: 25, max: 70 }));
const small = fc.integer({ min: 1, max: 3 });
const pair = fc.tuple(small, small);

/** What holds of the operations of tfjs that training stands on, and of unfold and fold. */
export function promiseTraining(promised: Promised, { same, close, cases }: Parity): void {
  for (const [name, { of, inputs, tolerance }] of Object.entries(DIFFERENTIABLE)) {
    const made = (): tf.Tensor[] => Object.values(inputs).map((make) => make());
    promised(name, () => same(() => of(...made()), tolerance));
    Object.keys(inputs).forEach((at, which) =>
      promised(`the gradient of ${name} at its ${at}`, () =>
        same(() => {
          const dy = normals(
            tf.tidy(() => of(...made()).shape),
            15,
          );
          return tf.grads(of)(made(), dy)[which]!;
        }, tolerance),
      ),
    );
  }
  const factors = (m: number, k: number, n: number, tA: boolean, tB: boolean): tf.Tensor2D[] => [
    normals<tf.Rank.R2>(tA ? [k, m] : [m, k], 1),
    normals<tf.Rank.R2>(tB ? [n, k] : [k, n], 2),
  ];
  promised('matMul of any size, for all transpositions', () =>
    fc.assert(
      fc.asyncProperty(size, size, size, fc.boolean(), fc.boolean(), (m, k, n, tA, tB) =>
        same(() => {
          const [a, b] = factors(m, k, n, tA, tB);
          return tf.matMul(a!, b!, tA, tB);
        }, PRODUCTS),
      ),
      cases,
    ),
  );
  for (const which of [0, 1]) {
    promised(`the gradient of matMul at its factor ${which + 1}`, () =>
      same(() => {
        const product = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.square(tf.matMul(a, b));
        return tf.grads(product)(factors(5, 20, 6, false, false))[which]!;
      }, PRODUCTS),
    );
  }
  const x = (): tf.Tensor4D => normals<tf.Rank.R4>([2, 9, 8, 5], 3);
  for (const padding of ['same', 'valid'] as const) {
    promised(`unfold and fold of any geometry, ${padding}`, () =>
      fc.assert(
        fc.asyncProperty(pair, pair, pair, async (kernel, strides, dilations) => {
          const g = convolutionGeometry([9, 8, 5], kernel, strides, dilations, padding);
          await close(() => unfold(x(), g), () => unfoldReference(x(), g), 0); // prettier-ignore
          await close(() => fold(unfoldReference(x(), g), g), () => foldReference(unfoldReference(x(), g), g), ELEMENTWISE); // prettier-ignore
        }),
        cases,
      ),
    );
  }
}
