import { network } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { dense, halved, rectified } from './convolution.js';
import { chain, imageInput } from './image-input.js';
import { initialise } from './initialise.js';

const CITATION = 'Simonyan & Zisserman, "Very deep convolutional networks", ICLR 2015';

/** Blocks of 3×3 convolutions of equal width, each block followed by pooling. */
const vgg = (
  id: string,
  blocks: readonly (readonly number[])[],
  units: readonly number[],
  normalised: boolean,
  citation: string,
) =>
  network({
    id,
    description: `VGG of ${blocks.flat().length} 3×3 convolutions, pooling after each block, and ${units.length + 1} dense layers.`,
    citation,
    config: z.strictObject({
      width: z.number().positive().max(1).default(1).describe('fraction of the filters that is built'),
      units: z
        .array(z.int().min(1))
        .default([...units])
        .describe('width of each hidden dense layer'),
      normalised: z.boolean().default(normalised).describe('batch normalisation behind convolutions'),
    }),
    create: ({ config, random }) => ({
      build: (task) => {
        const { input, image } = imageInput(task, id, 8);
        const layers = blocks.flatMap((filters, b) => [
          ...filters.flatMap((n, i) =>
            rectified(`convolution_${b + 1}_${i + 1}`, Math.ceil(config.width * n), config.normalised),
          ),
          halved(`pool_${b + 1}`),
        ]);
        const outputs = chain(
          image,
          ...layers,
          tf.layers.flatten({ name: 'flat' }),
          ...config.units.map((n, i) => dense(`dense_${i + 1}`, n, 'relu')),
          dense('logits', task.classes),
        );
        return initialise(tf.model({ inputs: input, outputs }), random);
      },
    }),
  });

/** The network that DNN+NeuroSim trains on CIFAR-10. */
export const vgg8 = vgg(
  'vgg-8',
  [
    [128, 128],
    [256, 256],
    [512, 512],
  ],
  [1024],
  false,
  `${CITATION}; widths of Peng, Huang, Jiang, Lu, Yu, "DNN+NeuroSim", IEDM 2019`,
);

/** Configuration D with one hidden dense layer of 512, as is usual for images of 32×32. */
export const vgg16 = vgg(
  'vgg-16',
  [
    [64, 64],
    [128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [512, 512, 512],
  ],
  [512],
  true,
  CITATION,
);
