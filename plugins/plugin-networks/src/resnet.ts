import { network } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { dense } from './convolution.js';
import { chain, imageInput } from './image-input.js';
import { initialise, ZEROS } from './initialise.js';

type Symbolic = tf.SymbolicTensor;

/** A convolution without bias, then batch normalisation. */
const normalised = (
  name: string,
  filters: number,
  kernelSize: number,
  strides: number,
): tf.layers.Layer[] => [
  tf.layers.conv2d({ name, filters, kernelSize, strides, padding: 'same', useBias: false, ...ZEROS }),
  tf.layers.batchNormalization({ name: `${name}_normal` }),
];

/** ReLU(x + f(x)), f two 3×3 convolutions; where the shape changes, x goes through a 1×1 convolution. */
function block(x: Symbolic, name: string, filters: number, strides: number): Symbolic {
  const inner = chain(
    x,
    ...normalised(`${name}_a`, filters, 3, strides),
    tf.layers.reLU({ name: `${name}_a_relu` }),
    ...normalised(`${name}_b`, filters, 3, 1),
  );
  const same = strides === 1 && x.shape.at(-1) === filters;
  const shortcut = same ? x : chain(x, ...normalised(`${name}_shortcut`, filters, 1, strides));
  const sum = tf.layers.add({ name: `${name}_sum` }).apply([inner, shortcut]) as Symbolic;
  return chain(sum, tf.layers.reLU({ name: `${name}_relu` }));
}

/** Residual blocks in stages; the first block of each stage but the first halves the image. */
const resnet = (depth: number, filters: readonly number[], blocks: number) =>
  network({
    id: `resnet-${depth}`,
    description: `Residual network of ${depth} layers for small images: ${blocks} blocks in each of ${filters.length} stages.`,
    citation: 'He, Zhang, Ren, Sun, "Deep residual learning", CVPR 2016, section 4.2; shortcuts of kind B',
    config: z.strictObject({
      width: z.number().positive().max(1).default(1).describe('fraction of the filters that is built'),
      blocks: z.int().min(1).default(blocks).describe('blocks per stage; others than the default change the depth'), // prettier-ignore
    }),
    create: ({ config, random }) => ({
      build: (task) => {
        const { input, image } = imageInput(task, `resnet-${depth}`, 8);
        const widths = filters.map((n) => Math.ceil(config.width * n));
        let x = chain(image, ...normalised('stem', widths[0]!, 3, 1), tf.layers.reLU({ name: 'stem_relu' }));
        widths.forEach((n, stage) => {
          for (let b = 0; b < config.blocks; b++) {
            x = block(x, `stage_${stage + 1}_block_${b + 1}`, n, stage > 0 && b === 0 ? 2 : 1);
          }
        });
        const outputs = chain(x, tf.layers.globalAveragePooling2d({ name: 'pool' }), dense('logits', task.classes)); // prettier-ignore
        return initialise(tf.model({ inputs: input, outputs }), random);
      },
    }),
  });

/** Four stages of 64 to 512 filters. */
export const resnet18 = resnet(18, [64, 128, 256, 512], 2);
/** Three stages of 16 to 64 filters, 6n + 2 layers with n = 3. */
export const resnet20 = resnet(20, [16, 32, 64], 3);
/** The same with n = 9. */
export const resnet56 = resnet(56, [16, 32, 64], 9);
