import type { Stack } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { loadStack } from '../config/load-stack.js';
import type { Benchmark } from './benchmark.js';
import { CASES } from './networks.js';
import { participants } from './participants.js';

/** The MLP at batch 64. */
const CASE = CASES[0]!;

interface Peak {
  /** Of all tensors at the fullest moment of an analog step, the digital model and the batch left out. */
  readonly bytes: number;
  readonly weights: number;
  readonly devices: number;
}

async function peak(edit: (stack: Stack) => Stack): Promise<Peak> {
  const before = tf.memory().numBytes;
  const { stack } = await loadStack({});
  const { analog, step, outside, dispose } = await participants(CASE, edit(stack));
  try {
    await step(analog);
    // tfjs awaits what it is given; its types do not know.
    const { peakBytes } = await tf.profile((() => step(analog)) as never);
    const weights = analog.matrices.reduce((sum, { grid }) => sum + grid.inputs * grid.outputs, 0);
    return { bytes: peakBytes - before - outside, weights, devices: 2 * weights };
  } finally {
    dispose();
  }
}

/** A figure that does not vary: it is counted once. */
const counted = (name: string, unit: string, count: () => Promise<number>): Benchmark => ({
  name,
  engines: 'wasm',
  async measure() {
    const value = await count();
    return { name, unit, value, median: value, low: value, high: value };
  },
});

const complete = (stack: Stack): Stack => stack;
const without =
  (name: string) =>
  (stack: Stack): Stack => ({
    ...stack,
    stack: { ...stack.stack, nonIdealities: stack.stack.nonIdealities.filter(({ use }) => use !== name) },
  });

/** Tensors of a training step; what kernels keep for themselves in the wasm heap is not among them. */
export const memory: readonly Benchmark[] = [
  counted(`peak memory of a step of ${CASE.name}`, 'bytes per weight', async () => {
    const { bytes, weights } = await peak(complete);
    return bytes / weights;
  }),
  counted('peak memory of a parameter that differs from device to device', 'bytes per device', async () => {
    const [all, none] = [await peak(complete), await peak(without('device-variation'))];
    return (all.bytes - none.bytes) / all.devices;
  }),
];
