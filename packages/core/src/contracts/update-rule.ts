import type { TileGrid } from '@txsim/ops';
import type * as tf from '@tensorflow/tfjs';
import { defineExtensionPoint } from '../plugin/extension-point.js';

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

/** Net numbers of pulses, whole numbers in the layout of the tiles: up where positive, one burst for each weight. */
export type NetRequest = {
  readonly kind: 'net';
  readonly pulses: tf.Tensor4D;
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
  /** The number of the first sample; noise hangs on it, so no two samples of one array may have the same. */
  readonly firstSample: number;
};

/** What is asked of the devices. */
export type UpdateRequest = DeltaRequest | CountsRequest | NetRequest | TrainsRequest;

/** Arrays that hold a matrix of weights w[inputs, outputs], as an update rule sees them. */
export interface WritableArrays {
  /** Unique in the network, so that random streams can hang on it. */
  readonly name: string;
  readonly grid: TileGrid;
  /** wMax, the weight that a full conductance window stands for. */
  readonly weightRange: number;
  /** The mean change of a weight by one pulse; absent where device or mapping take no pulses. */
  readonly pulseStep?: number | undefined;
  /** The change of a weight whose devices go from end to end of their window; present with `pulseStep`. */
  readonly windowWeight?: number | undefined;
  /** Pulses that take a weight's devices from end to end of their window, where the device states them. */
  readonly states?: { readonly up: number; readonly down: number } | undefined;
  /** x·w through converters and circuits, x[batch, inputs] → [batch, outputs]. */
  forward(x: tf.Tensor2D): tf.Tensor2D;
  /** The weights that the devices stand for, w[inputs, outputs], without the error of a read. */
  read(): tf.Tensor2D;
  /** The devices' answer. @throws PluginError UPDATE_UNSUPPORTED if pulses are asked of devices that take none */
  write(request: UpdateRequest): void;
}

/** A tensor that a rule remembers from one mini-batch to the next; zeros at first. */
export interface Remembered {
  readonly value: tf.Tensor;
  /** Takes over the tensor. */
  set(next: tf.Tensor): void;
}

/** What an update rule gets for a matrix. */
export interface RuleSite {
  /** One for each of the rule's `significances`. */
  readonly arrays: readonly WritableArrays[];
  /** Memory that is kept in checkpoints under its name. */
  remember(name: string, shape: readonly number[]): Remembered;
}

/** Consecutive samples of a mini-batch. */
export interface SignalPart {
  /** [samples, inputs] */
  readonly x: tf.Tensor2D;
  /** Gradient at the output, [samples, outputs]. */
  readonly d: tf.Tensor2D;
  /** How many samples the matrix was updated with before. */
  readonly firstSample: number;
}

/** What a matrix learns from one mini-batch. A convolution has a sample for each position, too many to be held at once. */
export interface UpdateSignal {
  /** Mini-batches before this one. */
  readonly step: number;
  readonly rate: number;
  /** Scalars max |x| and max |d| of the mini-batch. */
  largest(): { readonly x: tf.Scalar; readonly d: tf.Scalar };
  /** factor · Σ xᵀd over the samples, in the layout of the tiles. */
  gradient(factor?: number): tf.Tensor4D;
  /** Shows all samples in order; the tensors of a part are gone after the visit. */
  forEachPart(visit: (part: SignalPart) => void): void;
}

/** How arrays learn: from the signals of a mini-batch to requests to devices. */
export interface UpdateRule {
  /**
   * How much the arrays count in the weight, w = Σ significance · w_k; absent: [1]. Each is an array (or several tiles) of
   * its own with devices of the stack. Weights are programmed into the first one, which must count; the others are at 0.
   */
  readonly significances?: readonly number[];
  /**
   * Learns a matrix from now on.
   *
   * @returns what is done with each mini-batch, inside `tf.tidy`: tensors other than those remembered are gone after it
   * @throws PluginError UPDATE_UNSUPPORTED if the arrays lack what the rule needs
   */
  open(site: RuleSite): (signal: UpdateSignal) => void;
}

/** The learning rule of the arrays. */
export const updateRule = defineExtensionPoint<UpdateRule>('updateRule', 'one');
