import { fillRandom } from '@txsim/plugin-backend-wasm';
import {
  add,
  clamp,
  evaluate,
  input,
  multiply,
  normal,
  randomStream,
  round,
  type Generator,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { timed, type Benchmark } from './benchmark.js';

const COUNT = 2 ** 18;
const SIGMA = 0.01;
const LEVELS = 127;
const nanoseconds = (ms: number): number => (1e6 * ms) / COUNT;

export const GENERATORS: readonly Generator[] = ['feistel', 'philox'];

const numbers = GENERATORS.flatMap((generator) =>
  (['uniform', 'normal'] as const).map((kind) =>
    timed({
      name: `${kind} numbers, ${generator}`,
      unit: 'ns per number',
      of: nanoseconds,
      headline: 'best',
      open: () => {
        const stream = { ...randomStream(1, 'bench'), generator };
        let draw = 0;
        return { action: () => fillRandom(kind, stream, draw++, 0, COUNT).dispose() };
      },
    }),
  ),
);

/** clamp(round((x + σξ)·127), ±127)/127: what a read does to each current. */
const converted = multiply(
  clamp(round(multiply(add(input('x'), multiply(normal('read'), SIGMA)), LEVELS)), -LEVELS, LEVELS),
  1 / LEVELS,
);

/** The same from the operations of tfjs. */
const stock = (x: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    const noisy = tf.add(x, tf.mul(tf.randomNormal(x.shape), SIGMA));
    return tf.div(tf.clipByValue(tf.round(tf.mul(noisy, LEVELS)), -LEVELS, LEVELS), LEVELS);
  });

const conversions = GENERATORS.map((generator) =>
  timed({
    name: `noise, quantise, clip, ${generator}`,
    unit: 'ns per element',
    of: nanoseconds,
    headline: 'best',
    engines: 'any',
    against: 'stock tfjs operations',
    open: () => {
      const x = tf.randomUniform([COUNT], -1, 1);
      const streams = (name: string) => ({ ...randomStream(1, name), generator });
      let draw = 0;
      return {
        action: () => evaluate(converted, { x }, x.shape, { streams, draw: draw++ }).dispose(),
        baseline: () => stock(x).dispose(),
        dispose: () => x.dispose(),
      };
    },
  }),
);

/** Random numbers by themselves, and with the conversion that they go into. */
export const noise: readonly Benchmark[] = [...numbers, ...conversions];
