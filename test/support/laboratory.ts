import { arrayModel, LearningMatrix, type ArrayModel } from '@txsim/array';
import {
  compose,
  dataset,
  definePlugin,
  parseStack,
  type Plugin,
  type Registry,
  type Stack,
  type StackInput,
} from '@txsim/core';
import { fillNormal, randomStream } from '@txsim/ops';
import { standardRegistry } from '@txsim/simulator';
import { completeStack } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** Classes that a linear network can tell apart: a centre for each, and Gaussian noise around it. */
const clusters = dataset({
  id: 'clusters',
  description: 'Gaussian clusters, for tests.',
  config: z.strictObject({
    shape: z.array(z.int()).default([20]),
    classes: z.int().default(4),
    trainSize: z.int().default(160),
    testSize: z.int().default(80),
  }),
  create: ({ config: { shape, classes, trainSize, testSize }, random }) => ({
    load: async () => {
      const features = shape.reduce((a, b) => a * b);
      const centres = new Float32Array(classes * features);
      fillNormal(random('centres'), 0, 0, centres);
      const split = (name: string, size: number) => {
        const noise = new Float32Array(size * features);
        fillNormal(random(name), 0, 0, noise);
        return {
          size,
          samples: (indices: ArrayLike<number>) => {
            const labels = Int32Array.from(indices, (i) => i % classes);
            const values = Float32Array.from({ length: indices.length * features }, (_, k) => {
              const i = indices[Math.floor(k / features)]!;
              const f = k % features;
              return centres[(i % classes) * features + f]! + 0.5 * noise[i * features + f]!;
            });
            return { features: values, labels };
          },
        };
      };
      return {
        inputShape: shape,
        classes,
        train: split('train', trainSize),
        test: split('test', testSize),
      };
    },
  }),
});

const testPlugin = definePlugin({
  name: 'txsim-test',
  version: '1.0.0',
  namespace: 'test',
  engines: { txsim: '*' },
  contributes: [clusters],
});

/** A registry with everything that comes with the simulator, the test data set, and what a test adds. */
export const laboratory = (...plugins: Plugin[]): Registry => standardRegistry([testPlugin, ...plugins]);

type Arrays = StackInput['stack'];

/** A stack with ideal devices and nothing else, and what a test adds to it. */
export const labStack = (arrays: Partial<Arrays> = {}, rest: Partial<StackInput> = {}): Stack =>
  completeStack(
    parseStack({
      dataset: { use: 'test/clusters' },
      network: { use: 'mlp', units: [12] },
      trainer: { use: 'trainers/sgd', learningRate: 0.05 },
      stack: { device: { use: 'device-models/ideal' }, mapping: { use: 'mapping' }, ...arrays },
      ...rest,
    }),
  );

/** The arrays of such a stack. */
export const labArrays = (arrays: Partial<Arrays> = {}, rest: Partial<StackInput> = {}): ArrayModel =>
  arrayModel(compose(labStack(arrays, rest), laboratory()));

/** A matrix on such arrays. */
export const labMatrix = (
  weights: number[][] | tf.Tensor2D,
  arrays: Partial<Arrays> = {},
  rest: Partial<StackInput> = {},
): Promise<LearningMatrix> =>
  LearningMatrix.create(labArrays(arrays, rest), {
    name: 'matrix',
    weights: weights instanceof tf.Tensor ? weights : tf.tensor2d(weights),
  });

/** Normal numbers that do not depend on anything but their seed. */
export function gaussian(shape: [number, number], seed = 1): tf.Tensor2D {
  const values = new Float32Array(shape[0] * shape[1]);
  fillNormal(randomStream(seed, 'test'), 0, 0, values);
  return tf.tensor2d(values, shape);
}

export const values = (t: tf.Tensor): number[] => Array.from(t.dataSync());
