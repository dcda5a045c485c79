import type { Stack } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';

/** A network and the batch that it learns. */
export interface Case {
  readonly name: string;
  /** Made here, or that of a stack, for images of CIFAR's shape. */
  readonly network: (() => tf.LayersModel) | Stack['network'];
  readonly batch: number;
}

type Dense = Partial<Parameters<typeof tf.layers.dense>[0]>;
type Conv = Partial<Parameters<typeof tf.layers.conv2d>[0]>;

const dense = (units: number, rest: Dense = {}) => tf.layers.dense({ units, ...rest });
const conv = (filters: number, rest: Conv = {}) =>
  tf.layers.conv2d({ filters, kernelSize: 5, activation: 'relu', ...rest });
const pool = () => tf.layers.maxPooling2d({ poolSize: 2 });

const mlp = (): tf.LayersModel =>
  tf.sequential({
    layers: [
      dense(256, { inputShape: [784], activation: 'relu' }),
      dense(128, { activation: 'relu' }),
      dense(10),
    ],
  });

const lenet = (): tf.LayersModel =>
  tf.sequential({
    layers: [
      conv(16, { inputShape: [28, 28, 1] }),
      pool(),
      conv(32),
      pool(),
      tf.layers.flatten(),
      dense(128, { activation: 'relu' }),
      dense(10),
    ],
  });

const convolution = (): tf.LayersModel =>
  tf.sequential({
    layers: [
      conv(64, { inputShape: [32, 32, 64], kernelSize: 3, padding: 'same', activation: 'linear' }),
      tf.layers.globalAveragePooling2d({}),
    ],
  });

export const CASES: readonly Case[] = [
  { name: 'MLP 784-256-128-10, batch 64', network: mlp, batch: 64 },
  { name: 'MLP 784-256-128-10, batch 128', network: mlp, batch: 128 },
  { name: 'LeNet (16, 32 5×5; 128-10), batch 64', network: lenet, batch: 64 },
  { name: 'Conv2D 64→64 3×3 on 32×32, batch 16', network: convolution, batch: 16 },
  { name: 'ResNet-20 on 32×32×3, batch 8', network: { use: 'networks/resnet-20' }, batch: 8 },
  { name: 'VGG-8 on 32×32×3, batch 4', network: { use: 'networks/vgg-8' }, batch: 4 },
];

/** The batches of published step times of learning rules (aihwkit). */
export const BATCH_OF_TEN: readonly Case[] = [
  { name: 'MLP 784-256-128-10, batch 10', network: mlp, batch: 10 },
  { name: 'LeNet (16, 32 5×5; 128-10), batch 10', network: lenet, batch: 10 },
];
