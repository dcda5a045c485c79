import { effectiveConductance } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { timed, type Benchmark } from './benchmark.js';

const ARRAYS = 16;
/** Ohms; the ends are a segment and a terminal. */
const LINES = { row: 2.5, column: 2.5, rowEnd: 502.5, columnEnd: 102.5 };

/** The closed form for arrays with wires (ladders and one sneak path), devices from 1 to 10 µS. */
export const wires: readonly Benchmark[] = [64, 128].map((size) =>
  timed({
    name: `effective conductance ${size}²`,
    unit: 'µs per array',
    of: (ms) => (1e3 * ms) / ARRAYS,
    headline: 'best',
    engines: 'any',
    open: () => {
      const g = tf.randomUniform([ARRAYS, size, size], 1e-6, 1e-5);
      return { action: () => effectiveConductance(g, LINES).dispose(), dispose: () => g.dispose() };
    },
  }),
);
