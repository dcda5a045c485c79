import { network } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { dense } from './convolution.js';
import { chain, imageInput } from './image-input.js';
import { initialise, ZEROS } from './initialise.js';

const count = z.int().min(1);

/** Two 5×5 convolutions, each followed by pooling, and dense layers. */
export const lenet5 = network({
  id: 'lenet-5',
  description: 'LeNet-5: two 5×5 convolutions with pooling, and dense layers; images of at least 16×16.',
  citation:
    'LeCun, Bottou, Bengio, Haffner, Proc. IEEE 86 (1998); filters and units of Gokmen, Onen, Haensch, Front. Neurosci. 11:538 (2017)',
  config: z.strictObject({
    filters: z.tuple([count, count]).default([16, 32]).describe('filters of the two convolutions'),
    units: z.array(count).default([128]).describe('width of each hidden dense layer'),
    activation: z.enum(['tanh', 'relu']).default('tanh').describe('activation of all hidden layers'),
    pooling: z.enum(['max', 'average']).default('max').describe('what is taken of each 2×2 pixels'),
  }),
  create: ({ config: { filters, units, activation, pooling }, random }) => ({
    build: (task) => {
      const { input, image } = imageInput(task, 'lenet-5', 16);
      const convolution = (name: string, n: number): tf.layers.Layer =>
        tf.layers.conv2d({ name, filters: n, kernelSize: 5, activation, ...ZEROS });
      const pool = (name: string): tf.layers.Layer =>
        pooling === 'max'
          ? tf.layers.maxPooling2d({ name, poolSize: 2 })
          : tf.layers.averagePooling2d({ name, poolSize: 2 });
      const outputs = chain(
        image,
        ...[convolution('convolution_1', filters[0]), pool('pool_1')],
        ...[convolution('convolution_2', filters[1]), pool('pool_2')],
        tf.layers.flatten({ name: 'flat' }),
        ...units.map((n, i) => dense(`dense_${i + 1}`, n, activation)),
        dense('logits', task.classes),
      );
      return initialise(tf.model({ inputs: input, outputs }), random, activation === 'tanh' ? 1 : 2);
    },
  }),
});
