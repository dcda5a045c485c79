import type { TileGrid } from '@txsim/ops';
import type * as tf from '@tensorflow/tfjs';
import { defineExtensionPoint } from '../plugin/extension-point.js';

/** One mini-batch's update of W[inputs, outputs]. */
export interface UpdateSignal {
  /** [batch, inputs] */
  readonly x: tf.Tensor2D;
  /** Gradient at the output, [batch, outputs]. */
  readonly d: tf.Tensor2D;
  readonly rate: number;
  readonly grid: TileGrid;
}

/** What is asked of the devices. */
export interface UpdateRequest {
  readonly kind: 'delta';
  /** ΔW in the layout of the tiles, [tileRows, tileColumns, rows, columns]. */
  readonly delta: tf.Tensor4D;
}

/** From (x, d) to a request per device. */
export interface UpdateRule {
  request(signal: UpdateSignal): UpdateRequest;
}

/** The learning rule of the arrays. */
export const updateRule = defineExtensionPoint<UpdateRule>('updateRule', 'one');
