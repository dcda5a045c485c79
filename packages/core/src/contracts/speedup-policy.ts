import type * as tf from '@tensorflow/tfjs';
import { defineExtensionPoint } from '../plugin/extension-point.js';

/** Conductances of devices → those that arrays show at their terminals; the result is the caller's to dispose. */
export type WireSolver = (g: tf.Tensor4D) => tf.Tensor4D;

/** The policy's memory of one plane and direction. */
export interface SpeedupSession {
  /**
   * The effective conductances of `g` at a step. The result is the caller's to dispose.
   * @param solve solves the network now, by the method of the wire model
   * @param exact solves it without approximation; undefined where the wire model cannot
   */
  effective(g: tf.Tensor4D, step: number, solve: WireSolver, exact?: WireSolver): tf.Tensor4D;
  /** What a checkpoint needs to go on; empty where nothing is remembered. The tensors are the caller's to dispose. */
  save(): Readonly<Record<string, tf.Tensor>>;
  /** Goes on from what was saved; from the beginning, if that is empty. */
  load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void>;
  dispose(): void;
}

/** When the wire network is solved again. */
export interface SpeedupPolicy {
  /** True where sessions remember nothing and solve whenever conductances have changed. */
  readonly everyStep?: boolean;
  open(): SpeedupSession;
}

/** The timing of the wire solver; none is every step. */
export const speedupPolicy = defineExtensionPoint<SpeedupPolicy>('speedupPolicy', 'one');
