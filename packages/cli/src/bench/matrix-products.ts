import * as tf from '@tensorflow/tfjs';
import { timed, type Benchmark } from './benchmark.js';
import { stockKernel } from './stock-kernels.js';

const SIZE = 512;

/** tf.matMul of two 512 × 512 matrices, as they are and transposed, against the kernel that tfjs brings. */
export const matrixProducts: readonly Benchmark[] = ['NN', 'TN', 'NT'].map((name) =>
  timed({
    name: `matMul ${SIZE}³ ${name}`,
    unit: 'GFLOP/s',
    of: (ms) => (2 * SIZE ** 3) / ms / 1e6,
    headline: 'best',
    against: 'stock tfjs-wasm',
    open: () => {
      const [a, b] = [tf.randomUniform([SIZE, SIZE], -1, 1), tf.randomUniform([SIZE, SIZE], -1, 1)];
      const [transposeA, transposeB] = [name[0] === 'T', name[1] === 'T'];
      const stock = stockKernel('BatchMatMul');
      return {
        action: () => tf.matMul(a, b, transposeA, transposeB).dispose(),
        baseline: () => stock({ a, b }, { transposeA, transposeB }).dispose(),
        dispose: () => tf.dispose([a, b]),
      };
    },
  }),
);
