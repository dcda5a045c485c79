import type * as tf from '@tensorflow/tfjs';
import { rowOffset, type TileAttributes } from '@txsim/ops';
import { kernelConfig } from './arguments.js';
import { runShader, THREADS } from './shader.js';

interface Inputs {
  readonly converted: tf.TensorInfo;
}

/** A thread makes one y[sample, line]; term t of its sum is `termStep` further, line l of tiles `lineStep`. */
const CODE = `
fn main(index : i32) {
  let i = u32(index);
  if (i >= uniforms.samples * uniforms.width) { return; }
  let sample = i / uniforms.width;
  let line = i % uniforms.width + uniforms.padding;
  var at = line / uniforms.tileLength * uniforms.lineStep + sample * uniforms.tileLength + line % uniforms.tileLength;
  var sum = 0.0;
  for (var t = 0u; t < uniforms.terms; t++) {
    sum += converted[at];
    at += uniforms.termStep;
  }
  result[i] = sum;
}
`;

/** `tileSum` of @txsim/ops. */
export const tileSum = kernelConfig<Inputs, TileAttributes>(
  'TxTileSum',
  (backend, { converted }, attributes) => {
    const { grid } = attributes;
    const forward = attributes.direction === 'forward';
    const samples = converted.shape[2]!;
    const tileLength = forward ? grid.columns : grid.rows;
    const [terms, width, padding] = forward
      ? [grid.tileRows, grid.outputs, 0]
      : [grid.tileColumns, grid.inputs, rowOffset(grid)];
    const tile = samples * tileLength;
    const [lineStep, termStep] = forward ? [tile, grid.tileColumns * tile] : [grid.tileColumns * tile, tile];
    return runShader(backend, {
      code: CODE,
      inputs: { converted },
      integers: { samples, width, padding, tileLength, lineStep, termStep, terms },
      shape: [samples, width],
      workgroups: Math.ceil((samples * width) / THREADS),
      workgroupSize: THREADS,
    });
  },
);
