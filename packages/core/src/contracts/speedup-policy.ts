import type * as tf from '@tensorflow/tfjs';
import { defineExtensionPoint } from '../plugin/extension-point.js';

/** The policy's memory of one plane and direction. */
export interface SpeedupSession {
  /**
   * The effective conductances of `g` at a step. The result is the caller's to dispose.
   * @param solve solves the network now
   */
  effective(g: tf.Tensor4D, step: number, solve: (g: tf.Tensor4D) => tf.Tensor4D): tf.Tensor4D;
  /** What a checkpoint needs to go on; empty where nothing is remembered. The tensors are the caller's to dispose. */
  save(): Readonly<Record<string, tf.Tensor>>;
  /** Goes on from what was saved; from the beginning, if that is empty. */
  load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void>;
  dispose(): void;
}

/** When the wire network is solved again. */
export interface SpeedupPolicy {
  open(): SpeedupSession;
}

/** The timing of the wire solver; none is every step. */
export const speedupPolicy = defineExtensionPoint<SpeedupPolicy>('speedupPolicy', 'one');
