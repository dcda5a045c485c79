import type { Direction } from '@txsim/ops';
import type * as tf from '@tensorflow/tfjs';
import { defineExtensionPoint } from '../plugin/extension-point.js';

/** How the resistive network of an array is solved. */
export interface WireModel {
  /** Whether the transposed array has the same effective matrix, so that one serves both directions. */
  readonly reciprocal: boolean;
  /**
   * The conductances that arrays show at their terminals.
   * @param g [..., M, N] siemens, leading dimensions are independent arrays
   */
  effective(g: tf.Tensor4D, direction: Direction): tf.Tensor4D;
}

/** The wires of the arrays; none are ideal ones. */
export const wireModel = defineExtensionPoint<WireModel>('wireModel', 'one');
