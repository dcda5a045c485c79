import type { Stack } from '@txsim/core';
import { estimate, simulate, type Estimate } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { laboratory, labStack } from './laboratory.js';
import { EVERY_NON_IDEALITY } from './every-non-ideality.js';

/** A network on small images with everything on; ten classes, one epoch. */
export const imageStack = (
  network: Stack['network'],
  image: readonly [number, number, number],
  size: { readonly batchSize: number; readonly train: number; readonly test: number },
): Stack =>
  labStack(EVERY_NON_IDEALITY, {
    backend: 'wasm',
    dataset: { use: 'test/clusters', shape: image, classes: 10, trainSize: size.train, testSize: size.test },
    network,
    trainer: { use: 'trainers/sgd', batchSize: size.batchSize, epochs: 1, learningRate: 0.01 },
  });

/** What a dry run tells, and the bytes of all tensors at the fullest moment of the whole run, as tfjs counts them. */
export async function peakOfRun(stack: Stack): Promise<{ told: Estimate; bytes: number }> {
  const registry = laboratory();
  const told = await estimate(stack, { registry, twin: false, steps: 1 });
  const before = tf.memory().numBytes;
  // tfjs awaits what it is given; its types do not know.
  const { peakBytes } = await tf.profile((() => simulate(stack, { registry, twin: false })) as never);
  return { told, bytes: peakBytes - before };
}
