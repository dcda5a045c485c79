import type * as tf from '@tensorflow/tfjs';
import { BLOCK, padded, type PulseTrainsAttributes } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';
import { runShader, THREADS } from '../shader.js';
import { KEYS, keysOf } from './keys.js';

interface Inputs {
  readonly values: tf.TensorInfo;
  readonly scale: tf.TensorInfo;
  readonly slots: tf.TensorInfo;
}

/**
 * A thread makes one train. A slot with digits U fires where (U + ½) · 2⁻²³ < p, so where U < T = ⌈(2²⁴ p − 1) / 2⌉,
 * which is exact in float32. All slots are compared with T together, one digit after the other, until all are decided.
 */
const CODE = `${KEYS}
fn main(index : i32) {
  let at = u32(index);
  if (at >= uniforms.count) { return; }
  let sample = uniforms.offset + at / uniforms.lines;
  let line = at % uniforms.lines;
  let value = values[at];
  let x = abs(value) * scale[0] * 16777216.0;
  var threshold = 0u;
  if (x > 1.0) { threshold = u32(ceil((min(x, 16777216.0) - 1.0) * 0.5)); }
  var undecided = (1u << u32(clamp(ceil(slots[0]), 0.0, 31.0))) - 1u;
  var fires = 0u;
  if (threshold == 0x800000u) { fires = undecided; }
  if (threshold == 0u || threshold == 0x800000u) { undecided = 0u; }
  let key = txKey(sample / ${BLOCK}u);
  for (var digit = 0u; digit < 23u && undecided != 0u; digit++) {
    let event = ${BLOCK}u * (sample % ${BLOCK}u) + digit;
    let words = txFeistel(event * uniforms.counters + 4u * (line >> 3u) + (line & 3u), key);
    let word = select(words.x, words.y, (line & 4u) != 0u);
    if (((threshold >> (22u - digit)) & 1u) == 1u) {
      fires |= undecided & ~word;
      undecided &= word;
    } else {
      undecided &= ~word;
    }
  }
  result[at] = bitcast<i32>(fires | select(0u, 0x80000000u, value < 0.0));
}
`;

/** `pulseTrains` of @txsim/ops. */
export const pulseTrains = kernelConfig<Inputs, PulseTrainsAttributes>(
  'TxPulseTrains',
  (backend, { values, scale, slots }, attributes) => {
    const [batch, lines] = values.shape as [number, number];
    const count = batch * lines;
    const keys = keysOf(backend, attributes.keys);
    const out = runShader(backend, {
      code: CODE,
      inputs: { values, scale, slots, keys },
      integers: { count, lines, offset: attributes.firstSample % BLOCK, counters: padded(lines) / 2 },
      shape: [batch, lines],
      dtype: 'int32',
      workgroups: Math.ceil(count / THREADS),
      workgroupSize: THREADS,
    });
    backend.disposeData(keys.dataId);
    return out;
  },
);
