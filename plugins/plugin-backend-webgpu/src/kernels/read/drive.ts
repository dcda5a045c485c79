import type * as tf from '@tensorflow/tfjs';
import {
  noiseStreams,
  positions,
  READ_INPUTS,
  SMALLEST_SCALE,
  type Expression,
  type Generator,
  type ReadAttributes,
} from '@txsim/ops';
import { translate } from '../../wgsl/expression.js';
import { literal } from '../../wgsl/literal.js';
import type { WebgpuBackend } from '../backend.js';
import { drawFunctions, keyIntegers, streamOf } from '../draws.js';
import { patchIntegers, readPatch } from '../patches.js';
import { Remembered } from '../remembered.js';
import { run } from '../shader.js';

/** What drives the arrays. */
export interface Driven {
  /** [vectors, length] */
  readonly volts: tf.TensorInfo;
  /** [vectors], where each vector has a scale of its own. */
  readonly scales: tf.TensorInfo | undefined;
}

const PLAIN = `
  return lines[vector * uniforms.length + at];`;

/** Threads that work on one vector. */
const threadsFor = (length: number): number => (length <= 32 ? 32 : length <= 256 ? 64 : 128);

const volts = (expression: Expression, generator: Generator): string => {
  const streams = noiseStreams(expression);
  const { statements, results } = translate([expression], (leaf) => {
    if (leaf.op !== 'input') return `txDraw${streamOf(streams, leaf)}(e)`;
    return leaf.name === READ_INPUTS.lines ? 'line' : 'scale';
  });
  return `${drawFunctions(streams, generator)}
fn txVolts(e : u32, line : f32, scale : f32) -> f32 {
${statements}
  return ${results[0]};
}`;
};

/** The largest magnitude of a vector, by all threads of its workgroup. */
const largest = (threads: number): string => `
  var most = 0.0;
  for (var at = localIndex; at < length; at += ${threads}u) { most = max(most, abs(txLine(vector, at))); }
  magnitudes[localIndex] = most;
  workgroupBarrier();
  for (var half = ${threads / 2}u; half > 0u; half /= 2u) {
    if (localIndex < half) { magnitudes[localIndex] = max(magnitudes[localIndex], magnitudes[localIndex + half]); }
    workgroupBarrier();
  }
  let scale = max(magnitudes[0], ${literal(SMALLEST_SCALE)});
  if (localIndex == 0u && length > 0u) { scales[vector] = scale; }`;

function codeOf(
  expression: Expression,
  generator: Generator,
  images: boolean,
  own: boolean,
  threads: number,
): string {
  return `
var<workgroup> magnitudes : array<f32, ${threads}>;
fn txLine(vector : u32, at : u32) -> f32 {${images ? readPatch('lines') : PLAIN}
}
${volts(expression, generator)}

fn main(index : i32) {
  let vector = u32(index) / ${threads}u;
  let length = select(0u, uniforms.length, vector < uniforms.vectors);
${own ? largest(threads) : '  let scale = uniforms.scale;'}
  for (var at = localIndex; at < length; at += ${threads}u) {
    let e = vector * length + at;
    volts[e] = txVolts(e, txLine(vector, at), scale);
  }
}
`;
}

const codes = new Remembered<string>();

/** Vectors, or the patches of images → volts: the scale of each vector and the drive's expression, a workgroup each. */
export function driven(
  backend: WebgpuBackend,
  lines: tf.TensorInfo,
  { drive, scale, geometry, direction }: ReadAttributes,
  length: number,
): Driven {
  const images = direction === 'forward' ? geometry : undefined;
  const vectors = lines.shape[0]! * (images ? positions(images) : 1);
  const own = scale === 'absMax';
  const threads = threadsFor(length);
  const generator = drive.keys[0]?.generator ?? 'feistel';
  const code = codes.get(drive.expression, `${generator}|${!!images}|${own}|${threads}`, () =>
    codeOf(drive.expression, generator, !!images, own, threads),
  );
  const out = backend.makeTensorInfo([vectors, length], 'float32');
  const scales = own ? backend.makeTensorInfo([vectors], 'float32') : undefined;
  const program = {
    code,
    inputs: { lines },
    integers: { vectors, length, ...(images && patchIntegers(images)), ...keyIntegers(drive.keys) },
    ...(!own && { floats: { scale } }),
    workgroups: vectors,
    workgroupSize: threads,
  };
  run(backend, program, { volts: out, ...(scales && { scales }) });
  return { volts: out, scales };
}
