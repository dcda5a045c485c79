import * as tf from '@tensorflow/tfjs';
import { dispatch } from '../dispatch.js';
import { patchSize, positions, type ConvolutionGeometry } from './geometry.js';

/** Attributes of the kernels `TxUnfold` and `TxFold`. */
export interface ConvolutionAttributes {
  readonly geometry: ConvolutionGeometry & { readonly batch: number };
}

/**
 * The patches that a convolution's kernel sees: x[batch, height, width, channels] →
 * [batch · outHeight · outWidth, kernelHeight · kernelWidth · channels], a patch in the order (row, column, channel);
 * 0 outside the image.
 */
export function unfold(x: tf.Tensor4D, geometry: ConvolutionGeometry): tf.Tensor2D {
  const attributes = { geometry: { ...geometry, batch: x.shape[0] } };
  return dispatch('TxUnfold', { x }, attributes, () => unfoldReference(x, geometry)) as tf.Tensor2D;
}

/** The reference: one gathered image per position in the kernel. */
export function unfoldReference(x: tf.Tensor4D, g: ConvolutionGeometry): tf.Tensor2D {
  const bottom =
    (g.outHeight - 1) * g.strideHeight + (g.kernelHeight - 1) * g.dilationHeight + 1 - g.padTop - g.height;
  const right =
    (g.outWidth - 1) * g.strideWidth + (g.kernelWidth - 1) * g.dilationWidth + 1 - g.padLeft - g.width;
  const after = (missing: number): number => Math.max(missing, 0);
  const padded = tf.pad(x, [[0, 0], [g.padTop, after(bottom)], [g.padLeft, after(right)], [0, 0]]); // prettier-ignore
  const along = (count: number, stride: number, offset: number): tf.Tensor1D =>
    tf.tensor1d(Array.from({ length: count }, (_, i) => i * stride + offset), 'int32'); // prettier-ignore
  const patches: tf.Tensor[] = [];
  for (let ky = 0; ky < g.kernelHeight; ky++) {
    const rows = tf.gather(padded, along(g.outHeight, g.strideHeight, ky * g.dilationHeight), 1);
    for (let kx = 0; kx < g.kernelWidth; kx++) {
      patches.push(tf.gather(rows, along(g.outWidth, g.strideWidth, kx * g.dilationWidth), 2));
    }
  }
  return tf.concat(patches, 3).reshape([x.shape[0] * positions(g), patchSize(g)]);
}

/** The transpose of `unfold`: every element of a patch is added to where it came from. */
export function fold(columns: tf.Tensor2D, geometry: ConvolutionGeometry): tf.Tensor4D {
  const batch = columns.shape[0] / positions(geometry);
  const attributes = { geometry: { ...geometry, batch } };
  return dispatch('TxFold', { columns }, attributes, () => foldReference(columns, geometry)) as tf.Tensor4D;
}

/** The reference: the images of all positions in the kernel, spread by the strides and moved to their place. */
export function foldReference(columns: tf.Tensor2D, g: ConvolutionGeometry): tf.Tensor4D {
  const batch = columns.shape[0] / positions(g);
  const [height, width] = [(g.outHeight - 1) * g.strideHeight + 1, (g.outWidth - 1) * g.strideWidth + 1];
  const [reachY, reachX] = [(g.kernelHeight - 1) * g.dilationHeight, (g.kernelWidth - 1) * g.dilationWidth];
  const patches = columns.reshape<tf.Tensor4D>([batch, g.outHeight, g.outWidth, patchSize(g)]);
  const images: tf.Tensor4D[] = [];
  for (let ky = 0; ky < g.kernelHeight; ky++) {
    for (let kx = 0; kx < g.kernelWidth; kx++) {
      const from = (ky * g.kernelWidth + kx) * g.channels;
      const image = patches.slice([0, 0, 0, from], [batch, g.outHeight, g.outWidth, g.channels]);
      const [top, left] = [ky * g.dilationHeight, kx * g.dilationWidth];
      images.push(tf.pad(spread(image, g, height, width), [[0, 0], [top, reachY - top], [left, reachX - left], [0, 0]])); // prettier-ignore
    }
  }
  const [bottom, right] = [g.padTop + g.height, g.padLeft + g.width];
  const missing = (end: number, size: number): number => Math.max(end - size, 0);
  const whole = tf.pad(tf.addN(images), [[0, 0], [0, missing(bottom, height + reachY)], [0, missing(right, width + reachX)], [0, 0]]); // prettier-ignore
  return whole.slice([0, g.padTop, g.padLeft, 0], [batch, g.height, g.width, g.channels]);
}

/** Neighbours become `stride` apart, with zeros between. In steps of four dimensions: tfjs' webgpu backend cannot pad six. */
function spread(image: tf.Tensor4D, g: ConvolutionGeometry, height: number, width: number): tf.Tensor4D {
  const [batch, h, w, channels] = image.shape;
  const apart = (x: tf.Tensor4D, stride: number): tf.Tensor4D => tf.pad(x, [[0, 0], [0, 0], [0, stride - 1], [0, 0]]); // prettier-ignore
  const columns = apart(image.reshape([batch * h, w, 1, channels]), g.strideWidth);
  const rows = apart(columns.reshape([batch, h, 1, w * g.strideWidth * channels]), g.strideHeight);
  return rows
    .reshape<tf.Tensor4D>([batch, h * g.strideHeight, w * g.strideWidth, channels])
    .slice([0, 0, 0, 0], [batch, height, width, channels]);
}
