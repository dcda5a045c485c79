import type { ArrayModel } from '@txsim/array';
import { patchSize, type ConvolutionGeometry } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { Piece } from './analog-product.js';
import { fromBlockDiagonal, toBlockDiagonal } from './block-diagonal.js';

/** How a kernel of tfjs lies in matrices W[inputs, outputs]. Both ways are linear and differentiable. */
export interface Arrangement {
  split(kernel: tf.Tensor): Piece[];
  join(matrices: readonly tf.Tensor2D[]): tf.Tensor;
}

/** The parts of given sizes along an axis. tfjs cannot differentiate a split into one. */
export const parts = <T extends tf.Tensor>(x: T, sizes: readonly number[], axis: number): T[] =>
  sizes.length === 1 ? [x] : tf.split(x, [...sizes], axis);

/**
 * A kernel that is a matrix: dense layers, the cells of recurrent ones, 1×1 convolutions, projections of attention.
 *
 * @param inputs rows of the matrix; absent: all dimensions but the last
 */
export const asMatrix = (shape: readonly number[], inputs = -1): Arrangement => ({
  split: (kernel) => [{ weights: kernel.reshape([inputs, inputs < 0 ? shape.at(-1)! : -1]) }],
  join: ([weights]) => weights!.reshape([...shape]),
});

/** A matrix cut between columns, where the parts see different inputs. */
export const asColumns = (sizes: readonly number[]): Arrangement => ({
  split: (kernel) => parts(kernel as tf.Tensor2D, sizes, 1).map((weights) => ({ weights })),
  join: (matrices) => tf.concat2d([...matrices], 1),
});

/** The kernel of a convolution: a patch is an input vector. */
export const asConvolution = (shape: readonly number[], geometry: ConvolutionGeometry): Arrangement => ({
  split: (kernel) => [{ weights: kernel.reshape([patchSize(geometry), shape.at(-1)!]), geometry }],
  join: ([weights]) => weights!.reshape([...shape]),
});

/** The kernel of a grouped convolution, [kernelHeight, kernelWidth, channels / groups, filters]: a matrix for each group. */
export function asGroups(shape: readonly number[], whole: ConvolutionGeometry, groups: number): Arrangement {
  const geometry = { ...whole, channels: whole.channels / groups };
  const columns = shape.at(-1)! / groups;
  return {
    split: (kernel) =>
      parts(kernel.reshape([patchSize(geometry), shape.at(-1)!]), Array<number>(groups).fill(columns), 1).map(
        (weights) => ({ weights: weights as tf.Tensor2D, geometry }),
      ),
    join: (matrices) => tf.concat2d([...matrices], 1).reshape([...shape]),
  };
}

/**
 * The kernel [kernelHeight, kernelWidth, channels, multiplier] of a depthwise convolution: as many channels as fit into
 * one array share it, block-diagonally.
 */
export function asDepthwise(
  shape: readonly number[],
  geometry: ConvolutionGeometry,
  arrays: ArrayModel,
): Arrangement {
  const [height, width, channels, multiplier] = shape as [number, number, number, number];
  const sizes = channelGroups(shape, arrays);
  return {
    split: (kernel) =>
      parts(kernel as tf.Tensor4D, sizes, 2).map((group, i) => ({
        weights: toBlockDiagonal(group),
        geometry: { ...geometry, channels: sizes[i]! },
        blocks: sizes[i]!,
      })),
    join: (matrices) =>
      tf
        .concat(
          matrices.map((w, i) => fromBlockDiagonal(w, shape, sizes[i]!)),
          2,
        ) // prettier-ignore
        .reshape([height, width, channels, multiplier]),
  };
}

/** How many channels of a depthwise kernel each array holds. */
export function channelGroups(shape: readonly number[], { mapping }: ArrayModel): number[] {
  const [height, width, channels, multiplier] = shape as [number, number, number, number];
  const patch = height * width;
  const { rows, columns } = mapping.grid(patch * channels, channels * multiplier);
  const most = Math.max(1, Math.min(channels, Math.floor(rows / patch), Math.floor(columns / multiplier)));
  return Array.from({ length: Math.ceil(channels / most) }, (_, i) => Math.min(most, channels - i * most));
}
