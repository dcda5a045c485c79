import type * as tf from '@tensorflow/tfjs';
import type { LineResistances } from '@txsim/ops';
import { kernelConfig } from './arguments.js';
import { runShader, sizeOf, THREADS } from './shader.js';

interface Inputs {
  readonly g: tf.TensorInfo;
}

/**
 * A workgroup goes over the lines of one array. What a line loses is v / (1 + v), v being the volts between an open end
 * at 1 V and the terminal: sums of terms ≥ 0, as in `lineSeverity` of @txsim/ops.
 */
const CODE = `
// The most volts of a bit line, of a word line.
var<workgroup> most : array<vec2<f32>, ${THREADS}>;

fn txVolts(first : u32, step : u32, length : u32, segment : f32, end : f32) -> f32 {
  var volts = 0.0;
  var current = 0.0;
  var at = first;
  for (var i = 0u; i < length; i++) {
    volts += current * segment;
    current += g[at] * (1.0 + volts);
    at += step;
  }
  return volts + current * end;
}

fn main(index : i32) {
  let plane = u32(index) / ${THREADS}u;
  let inside = plane < uniforms.arrays;
  let M = select(0u, uniforms.rows, inside);
  let N = select(0u, uniforms.columns, inside);
  var volts = vec2<f32>(0.0);
  for (var j = localIndex; j < N; j += ${THREADS}u) {
    volts.x = max(volts.x, txVolts(plane * M * N + j, N, M, uniforms.columnSegment, uniforms.columnEnd));
  }
  for (var i = localIndex; i < M; i += ${THREADS}u) {
    let last = (plane * M + i) * N + N - 1u;
    volts.y = max(volts.y, txVolts(last, 0xffffffffu, N, uniforms.rowSegment, uniforms.rowEnd));
  }
  most[localIndex] = volts;
  workgroupBarrier();
  for (var half = ${THREADS / 2}u; half > 0u; half /= 2u) {
    if (localIndex < half) { most[localIndex] = max(most[localIndex], most[localIndex + half]); }
    workgroupBarrier();
  }
  if (localIndex > 0u || !inside) { return; }
  let lost = most[0] / (1.0 + most[0]);
  result[plane] = lost.x * lost.y;
}
`;

/** `lineSeverity` of @txsim/ops. */
export const lineSeverity = kernelConfig<Inputs, LineResistances>(
  'TxLineSeverity',
  (backend, { g }, lines) => {
    const leading = g.shape.slice(0, -2);
    const [rows, columns] = g.shape.slice(-2) as [number, number];
    const arrays = sizeOf(leading);
    return runShader(backend, {
      code: CODE,
      inputs: { g },
      integers: { arrays, rows, columns },
      floats: {
        rowSegment: lines.row,
        columnSegment: lines.column,
        rowEnd: lines.rowEnd,
        columnEnd: lines.columnEnd,
      },
      shape: leading,
      workgroups: arrays,
      workgroupSize: THREADS,
    });
  },
);
