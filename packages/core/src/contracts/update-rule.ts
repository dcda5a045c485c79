import type { TileGrid } from '@txsim/ops';
import type * as tf from '@tensorflow/tfjs';
import { defineExtensionPoint } from '../plugin/extension-point.js';

/** One mini-batch's update of W[inputs, outputs], or a part of it. */
export interface UpdateSignal {
  /** The matrix's name; unique in the network, so that random streams can hang on it. */
  readonly name: string;
  /** [batch, inputs] */
  readonly x: tf.Tensor2D;
  /** Gradient at the output, [batch, outputs]. */
  readonly d: tf.Tensor2D;
  readonly rate: number;
  readonly grid: TileGrid;
  /** How many samples this matrix was updated with before. */
  readonly firstSample: number;
  /** The mean change of a weight by one pulse; absent where device or mapping take no pulses. */
  readonly pulseStep?: number;
  /** Scalars max |x| and max |d| of the whole mini-batch, where x and d are a part of it. */
  readonly largest?: { readonly x: tf.Scalar; readonly d: tf.Scalar };
}

/** A change of each weight, made in one write. (Requests are types, not interfaces: `tf.tidy` may return them.) */
export type DeltaRequest = {
  readonly kind: 'delta';
  /** ΔW in the layout of the tiles, [tileRows, tileColumns, rows, columns]. */
  readonly delta: tf.Tensor4D;
};

/**
 * Numbers of pulses for each weight, whole numbers in the layout of the tiles, made as two writes: all that go up as one
 * burst, then all that go down.
 */
export type CountsRequest = {
  readonly kind: 'counts';
  readonly up: tf.Tensor4D;
  readonly down: tf.Tensor4D;
};

/**
 * Pulse trains on the lines, int32 words of at most 31 slots and a sign (`pulseTrains` of @txsim/ops). Where row and
 * column of a weight both fire it gets a pulse, down if the signs of x and d agree, else up: sample after sample, slot
 * after slot, each pulse a write of its own.
 */
export type TrainsRequest = {
  readonly kind: 'trains';
  /** [batch, inputs] */
  readonly x: tf.Tensor2D;
  /** [batch, outputs] */
  readonly d: tf.Tensor2D;
  /** `firstSample` of the signal. */
  readonly firstSample: number;
};

/** What is asked of the devices. */
export type UpdateRequest = DeltaRequest | CountsRequest | TrainsRequest;

/** From (x, d) to a request per device. The request's tensors are the caller's to dispose. */
export interface UpdateRule {
  request(signal: UpdateSignal): UpdateRequest;
}

/** The learning rule of the arrays. */
export const updateRule = defineExtensionPoint<UpdateRule>('updateRule', 'one');
