import type * as tf from '@tensorflow/tfjs';
import { positions, type ConvolutionAttributes, type ConvolutionGeometry } from '@txsim/ops';
import { kernelConfig } from './arguments.js';
import type { WebgpuBackend } from './backend.js';
import { patchIntegers } from './patches.js';
import { runShader, sizeOf, THREADS } from './shader.js';

interface Inputs {
  readonly columns: tf.TensorInfo;
}

/** A thread gathers one element of an image from the patches that it is in; below 0, u32 wraps to beyond the output. */
const CODE = `
fn main(index : i32) {
  let i = u32(index);
  if (i >= uniforms.count) { return; }
  let channel = i % uniforms.channels;
  let pixel = i / uniforms.channels;
  let x = pixel % uniforms.imageWidth + uniforms.padLeft;
  let y = pixel / uniforms.imageWidth % uniforms.imageHeight + uniforms.padTop;
  let image = pixel / uniforms.imageWidth / uniforms.imageHeight;
  let length = uniforms.kernelHeight * uniforms.kernelWidth * uniforms.channels;
  var sum = 0.0;
  for (var ky = 0u; ky < uniforms.kernelHeight; ky++) {
    let down = y - ky * uniforms.dilationHeight;
    let row = down / uniforms.strideHeight;
    if (down > y || row >= uniforms.outHeight || down % uniforms.strideHeight != 0u) { continue; }
    for (var kx = 0u; kx < uniforms.kernelWidth; kx++) {
      let across = x - kx * uniforms.dilationWidth;
      let column = across / uniforms.strideWidth;
      if (across > x || column >= uniforms.outWidth || across % uniforms.strideWidth != 0u) { continue; }
      let vector = (image * uniforms.outHeight + row) * uniforms.outWidth + column;
      sum += columns[vector * length + (ky * uniforms.kernelWidth + kx) * uniforms.channels + channel];
    }
  }
  result[i] = sum;
}
`;

/** Patches [vectors, length] → the images they came from. */
export function foldPatches(
  backend: WebgpuBackend,
  columns: tf.TensorInfo,
  geometry: ConvolutionGeometry,
): tf.TensorInfo {
  const batch = columns.shape[0]! / positions(geometry);
  const shape = [batch, geometry.height, geometry.width, geometry.channels];
  const count = sizeOf(shape);
  return runShader(backend, {
    code: CODE,
    inputs: { columns },
    integers: { count, ...patchIntegers(geometry) },
    shape,
    workgroups: Math.ceil(count / THREADS),
    workgroupSize: THREADS,
  });
}

/** `fold` of @txsim/ops. */
export const fold = kernelConfig<Inputs, ConvolutionAttributes>(
  'TxFold',
  (backend, { columns }, { geometry }) => foldPatches(backend, columns, geometry),
);
