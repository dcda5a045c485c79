import type * as tf from '@tensorflow/tfjs';
import type { TileGrid } from '@txsim/ops';
import type { MatrixSnapshot, WireReport } from '../simulation/events.js';

/**
 * A weight matrix W[inputs, outputs] on crossbars, as layers and trainers see it. A convolution is the same façade over
 * images: x[batch, height, width, channels], d[batch, outHeight, outWidth, outputs], each patch being an input vector.
 */
export interface AnalogMatrix {
  readonly name: string;
  readonly grid: TileGrid;
  /** y = x·W, x[batch, inputs] → [batch, outputs]. */
  forward(x: tf.Tensor): tf.Tensor;
  /** d·Wᵀ, d[batch, outputs] → [batch, inputs], the arrays driven from the bit lines. */
  backward(d: tf.Tensor): tf.Tensor;
  /** Learns one mini-batch, ΔW = −rate · xᵀd, by the update rule of the stack. */
  update(x: tf.Tensor, d: tf.Tensor, rate: number): void;
  /** Writes W[inputs, outputs] to the devices. */
  program(weights: tf.Tensor2D): void;
  /** The weights that the devices stand for, W[inputs, outputs], as a digital circuit would decode them. */
  read(): tf.Tensor2D;
  /** Reads see the devices as they are this long after they were written, seconds; 0 again after the next write. */
  wait(seconds: number): void;
  /** Converter ranges are taken from the reads between these two calls; in between the ADCs do not quantise. */
  observe(): void;
  settle(): Promise<void>;
  /** What a checkpoint needs beside the stack and the seed. The tensors are the caller's to dispose. */
  save(): Readonly<Record<string, tf.Tensor>>;
  load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void>;
  snapshot(): Promise<MatrixSnapshot>;
  /**
   * Compares the outputs for some of the vectors x, and backward for some of the errors d where they are given, with those
   * of the network itself, and goes on to the next method of the wire model while the error is above its tolerance.
   * Undefined where nothing is watched.
   */
  probe(x: tf.Tensor, d?: tf.Tensor): Promise<WireReport | undefined>;
  dispose(): void;
}
