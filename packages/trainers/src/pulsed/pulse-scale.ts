import type { UpdateSignal } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';

/** How (x, d) become probabilities of pulses: p_x = min(rows · |x|, 1), p_d = min(columns · |d|, 1). Scalars. */
export interface PulseScale {
  /** The bit length BL: slots of a train. */
  readonly slots: tf.Scalar;
  readonly rows: tf.Scalar;
  readonly columns: tf.Scalar;
}

export interface Management {
  /** The longest train, 1 to 31 slots. */
  readonly bitLength: number;
  /** BL = ⌈k⌉ where that is shorter. */
  readonly manageBitLength: boolean;
  /** Rows and columns share the load: both reach the same largest probability. */
  readonly manageUpdate: boolean;
}

/** Below this a largest value is none, and nothing is divided by it. */
const NOTHING = 1e-30;

/**
 * With k = rate · max|x| · max|d| / dw, dw the mean change of a weight by one pulse:
 *
 *     BL = min(⌈k⌉, bitLength)               where the bit length is managed, else bitLength
 *     A = B = √(rate / (dw · BL))            p_d = A|d|, p_x = B|x|, so that the mean of BL · p_x · p_d · dw is rate · x · d
 *     A ·= √(max|x| / m), B ·= √(m / max|x|)  where the update is managed, m = max|d| · min(1, bitLength / k):
 *                                            what is too large for the longest train is clipped in d, not in x
 *
 * Nothing leaves the device. Source: Gokmen, Onen, Haensch, "Training deep convolutional neural networks with resistive
 * cross-point devices", Frontiers in Neuroscience 11 (2017), "update management"; bit length management as in aihwkit.
 */
export function pulseScale(
  signal: Pick<UpdateSignal, 'rate' | 'largest'>,
  pulseStep: number,
  by: Management,
): PulseScale {
  return tf.tidy(() => {
    const largest = signal.largest();
    const x = tf.maximum(largest.x, NOTHING);
    const d = tf.maximum(largest.d, NOTHING);
    const k = tf.mul(tf.mul(x, d), signal.rate / pulseStep);
    const slots = by.manageBitLength
      ? (tf.clipByValue(tf.ceil(k), 1, by.bitLength) as tf.Scalar)
      : tf.scalar(by.bitLength);
    const both = tf.sqrt(tf.div(signal.rate / pulseStep, slots)) as tf.Scalar;
    if (!by.manageUpdate) return { slots, rows: both, columns: both.clone() };
    const m = tf.mul(d, tf.minimum(1, tf.div(by.bitLength, tf.maximum(k, NOTHING))));
    const ratio = tf.sqrt(tf.div(x, m));
    return { slots, rows: tf.div<tf.Scalar>(both, ratio), columns: tf.mul<tf.Scalar>(both, ratio) };
  });
}
