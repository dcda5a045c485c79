import { network } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { dense, halved, rectified } from './convolution.js';
import { chain, imageInput } from './image-input.js';
import { initialise } from './initialise.js';

const FILTERS = [64, 192, 384, 256, 256];
/** Convolutions behind which the image is halved. */
const POOLED = [1, 2, 5];

/** Five convolutions and three dense layers, with kernels for images of 32×32. */
export const alexnet = network({
  id: 'alexnet',
  description: 'AlexNet for small images: five 3×3 convolutions, pooling behind the first, second and last, dense layers.', // prettier-ignore
  citation: 'Krizhevsky, Sutskever, Hinton, NIPS 2012; kernels and strides reduced to images of 32×32',
  config: z.strictObject({
    width: z.number().positive().max(1).default(1).describe('fraction of the filters that is built'),
    units: z.array(z.int().min(1)).default([1024, 512]).describe('width of each hidden dense layer'),
    dropout: z.number().min(0).max(0.9).default(0).describe('fraction that is dropped before dense layers'),
    normalised: z.boolean().default(false).describe('batch normalisation behind convolutions'),
  }),
  create: ({ config: { width, units, dropout, normalised }, random }) => ({
    build: (task) => {
      const { input, image } = imageInput(task, 'alexnet', 8);
      const convolutions = FILTERS.flatMap((filters, i) => [
        ...rectified(`convolution_${i + 1}`, Math.ceil(width * filters), normalised),
        ...(POOLED.includes(i + 1) ? [halved(`pool_${i + 1}`)] : []),
      ]);
      const hidden = units.flatMap((n, i) => [
        ...(dropout > 0 ? [tf.layers.dropout({ name: `dropout_${i + 1}`, rate: dropout })] : []),
        dense(`dense_${i + 1}`, n, 'relu'),
      ]);
      const outputs = chain(
        image,
        ...convolutions,
        tf.layers.flatten({ name: 'flat' }),
        ...hidden,
        dense('logits', task.classes),
      );
      return initialise(tf.model({ inputs: input, outputs }), random);
    },
  }),
});
