import type * as tf from '@tensorflow/tfjs';
import { rowOffset, type TileAttributes } from '@txsim/ops';
import { kernelConfig } from './arguments.js';
import type { WebgpuBackend } from './backend.js';
import { runShader, THREADS } from './shader.js';

interface Inputs {
  readonly converted: tf.TensorInfo;
}

/**
 * A thread makes one y[sample, line]; term t of its sum is `termStep` further, line l of tiles `lineStep`.
 *
 * @param factor a WGSL term
 */
const code = (factor: string): string => `
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
  result[i] = sum * ${factor};
}
`;

/** What a sum is multiplied by: a number, and that of the sample where there are some, [samples]. */
export interface Factor {
  readonly unit: number;
  readonly scales?: tf.TensorInfo | undefined;
}

/** The sums over tiles, times a factor. */
export function sumTiles(
  backend: WebgpuBackend,
  converted: tf.TensorInfo,
  { grid, direction }: TileAttributes,
  { unit, scales }: Factor,
): tf.TensorInfo {
  const forward = direction === 'forward';
  const samples = converted.shape[2]!;
  const tileLength = forward ? grid.columns : grid.rows;
  const [terms, width, padding] = forward
    ? [grid.tileRows, grid.outputs, 0]
    : [grid.tileColumns, grid.inputs, rowOffset(grid)];
  const tile = samples * tileLength;
  const [lineStep, termStep] = forward ? [tile, grid.tileColumns * tile] : [grid.tileColumns * tile, tile];
  return runShader(backend, {
    code: code(scales ? '(scales[sample] * uniforms.unit)' : 'uniforms.unit'),
    inputs: { converted, ...(scales && { scales }) },
    integers: { samples, width, padding, tileLength, lineStep, termStep, terms },
    floats: { unit },
    shape: [samples, width],
    workgroups: Math.ceil((samples * width) / THREADS),
    workgroupSize: THREADS,
  });
}

/** `tileSum` of @txsim/ops. */
export const tileSum = kernelConfig<Inputs, TileAttributes>(
  'TxTileSum',
  (backend, { converted }, attributes) => sumTiles(backend, converted, attributes, { unit: 1 }),
);
