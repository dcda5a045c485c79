import type * as tf from '@tensorflow/tfjs';
import { kernelConfig } from '../arguments.js';
import { runShader, sizeOf, THREADS } from '../shader.js';

const CODE = `
fn main(index : i32) {
  let at = u32(index);
  if (at >= uniforms.count) { return; }
  let number = counts[at];
  let fires = (1u << u32(abs(number))) - 1u;
  result[at] = bitcast<i32>(fires | select(0u, 0x80000000u, number < 0.0));
}
`;

/** `countedTrains` of @txsim/ops: tfjs' own operations take integers through float32 here, and lose their last bits. */
export const countedTrains = kernelConfig<{ readonly counts: tf.TensorInfo }, object>(
  'TxCountedTrains',
  (backend, { counts }) => {
    const count = sizeOf(counts.shape);
    return runShader(backend, {
      code: CODE,
      inputs: { counts },
      integers: { count },
      shape: counts.shape,
      dtype: 'int32',
      workgroups: Math.ceil(count / THREADS),
      workgroupSize: THREADS,
    });
  },
);
