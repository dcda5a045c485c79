import type * as tf from '@tensorflow/tfjs';
import { patchSize, positions, type ConvolutionAttributes } from '@txsim/ops';
import { kernelConfig } from './arguments.js';
import { patchIntegers, readPatch } from './patches.js';
import { runShader, THREADS } from './shader.js';

interface Inputs {
  readonly x: tf.TensorInfo;
}

const CODE = `
fn txElement(vector : u32, at : u32) -> f32 {${readPatch('images')}
}

fn main(index : i32) {
  let i = u32(index);
  if (i < uniforms.count) { result[i] = txElement(i / uniforms.length, i % uniforms.length); }
}
`;

/** `unfold` of @txsim/ops, a thread per element of a patch. */
export const unfold = kernelConfig<Inputs, ConvolutionAttributes>(
  'TxUnfold',
  (backend, { x }, { geometry }) => {
    const [vectors, length] = [geometry.batch * positions(geometry), patchSize(geometry)];
    const count = vectors * length;
    return runShader(backend, {
      code: CODE,
      inputs: { images: x },
      integers: { count, length, ...patchIntegers(geometry) },
      shape: [vectors, length],
      workgroups: Math.ceil(count / THREADS),
      workgroupSize: THREADS,
    });
  },
);
