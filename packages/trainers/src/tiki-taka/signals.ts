import type { WritableArrays } from '@txsim/core';
import { RunningSum, tileOuter } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { PulsedSignal } from '../pulsed/pulser.js';

/** A signal of samples that are at hand. */
export const signalOf = (
  x: tf.Tensor2D,
  d: tf.Tensor2D,
  rate: number,
  firstSample: number,
  { grid }: WritableArrays,
): PulsedSignal => ({
  rate,
  largest: () => ({ x: tf.max(tf.abs(x)), d: tf.max(tf.abs(d)) }),
  gradient: (factor = 1) => tileOuter(x, tf.mul(d, factor), grid),
  forEachPart: (visit) => visit({ x, d, firstSample }),
});

/** A signal with the sign of each input line turned or not. @param signs ±1 [inputs] */
export function chopped(signal: PulsedSignal, signs: tf.Tensor, { grid }: WritableArrays): PulsedSignal {
  const forEachPart: PulsedSignal['forEachPart'] = (visit) =>
    signal.forEachPart(({ x, ...rest }) => visit({ x: tf.mul(x, signs), ...rest }));
  return {
    ...signal,
    forEachPart,
    gradient: (factor = 1) => {
      const sum = new RunningSum<tf.Tensor4D>();
      forEachPart(({ x, d }) => sum.add(() => tileOuter(x, tf.mul(d, factor), grid)));
      return sum.take();
    },
  };
}

/** A signal against which the arrays move the other way. */
export const turned = (signal: PulsedSignal): PulsedSignal => ({
  ...signal,
  gradient: (factor = 1) => signal.gradient(-factor),
  forEachPart: (visit) => signal.forEachPart(({ d, ...rest }) => visit({ d: tf.neg(d), ...rest })),
});
