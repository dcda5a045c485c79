import type { WritableArrays } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** The configuration keys of rules that transfer a fast array to a slow one, line by line. */
export const transferFields = {
  fastRate: z
    .number()
    .positive()
    .optional()
    .describe('learning rate on the fast array, dimensionless; absent: that of the trainer'),
  transferRate: z
    .number()
    .positive()
    .default(1)
    .describe('part of a line of the fast array that is transferred, multiple of the learning rate'),
  transferEvery: z.int().min(1).default(1).describe('mini-batches between two transfers'),
  linesPerTransfer: z.int().min(1).default(1).describe('input lines that are transferred at a time'),
};

/** A configuration with the keys of {@link transferFields}. */
export type TransferConfig = z.infer<z.ZodObject<typeof transferFields>>;

/** Some neighbouring input lines of a matrix, and when it is their turn. */
export interface Lines {
  readonly first: number;
  readonly count: number;
  /** How many lines were transferred before, in all. */
  readonly number: number;
  /** How often all lines of the matrix were transferred before. */
  readonly sweep: number;
}

/** The lines that are transferred after a mini-batch, one after the other round the matrix; undefined where none are. */
export function linesOf(
  step: number,
  inputs: number,
  { transferEvery, linesPerTransfer }: Pick<TransferConfig, 'transferEvery' | 'linesPerTransfer'>,
): Lines | undefined {
  if ((step + 1) % transferEvery > 0) return undefined;
  const transfer = (step + 1) / transferEvery - 1;
  const perSweep = Math.ceil(inputs / linesPerTransfer);
  const first = (transfer % perSweep) * linesPerTransfer;
  return {
    first,
    count: Math.min(linesPerTransfer, inputs - first),
    number: transfer * linesPerTransfer,
    sweep: Math.floor(transfer / perSweep),
  };
}

/** The numbers of some lines, int32 [count]. */
const numbersOf = ({ first, count }: Lines): tf.Tensor1D =>
  tf.tensor1d(
    Array.from({ length: count }, (_, k) => first + k),
    'int32',
  );

/** Vectors that drive one line each, [count, inputs]. */
export const oneLineEach = (lines: Lines, inputs: number): tf.Tensor2D =>
  tf.cast(tf.oneHot(numbersOf(lines), inputs) as tf.Tensor2D, 'float32');

/** The weights of some lines as the circuits read them, [count, outputs]. */
export const readLines = (arrays: WritableArrays, lines: Lines): tf.Tensor2D =>
  arrays.forward(oneLineEach(lines, arrays.grid.inputs));

/** The rows of `matrix` that belong to some lines. */
export const rowsOf = (matrix: tf.Tensor, lines: Lines): tf.Tensor2D =>
  tf.gather(matrix, numbersOf(lines)) as tf.Tensor2D;

/** `matrix` with other rows for some lines, [count] or [count, outputs]. */
export const withRows = (matrix: tf.Tensor, lines: Lines, rows: tf.Tensor): tf.Tensor =>
  tf.tensorScatterUpdate(matrix, numbersOf(lines).reshape([-1, 1]), rows);
