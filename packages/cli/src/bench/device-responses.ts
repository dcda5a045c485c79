import {
  abs,
  add,
  clamp,
  evaluate,
  exp,
  input,
  less,
  maximum,
  multiply,
  power,
  select,
  subtract,
  type Expression,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { timed, type Benchmark } from './benchmark.js';
import { handWritten, type HandWritten } from './hand-written.js';

/** A quarter of a million devices, 1 MB a plane. */
const COUNT = 2 ** 18;
const BYTES = 4 * COUNT;
/** Window, microsiemens. */
const [G_MIN, G_MAX] = [1, 10];
/** Relative to the largest conductance; float32 has 6·10⁻⁸ and the powers of two programs differ by a few. */
const AGREEMENT = 2e-6;

const [g, request] = [input('g'), input('request')];
const upwards = less(0, request);
const bound = select(upwards, G_MAX, G_MIN);

/** To the window, as the array does with whatever a device answers. */
const inWindow = (next: Expression): Expression => clamp(next, G_MIN, G_MAX);
const room = maximum(multiply(abs(subtract(bound, g)), 1 / (G_MAX - G_MIN)), 1e-6);
const saturation = subtract(1, exp(multiply(abs(request), -1 / 3)));

/** Devices as a user writes them; `assembly/responses.ts` has the same equations. Built once, as those of arrays are. */
const RESPONSES: Readonly<Record<keyof HandWritten, Expression>> = {
  constantStep: inWindow(add(g, multiply(select(upwards, 1, 0.8), request))),
  saturating: inWindow(add(g, multiply(subtract(bound, g), saturation))),
  softBounds: inWindow(add(g, multiply(request, power(room, 1.7)))),
};
const NAMES: Readonly<Record<keyof HandWritten, string>> = {
  constantStep: 'constant step',
  saturating: 'saturating step, exp',
  softBounds: 'soft bounds, pow',
};

const devices = (): { g: tf.Tensor; request: tf.Tensor } => ({
  g: tf.randomUniform([COUNT], G_MIN, G_MAX),
  request: tf.randomUniform([COUNT], -0.5, 0.5),
});
const respond = (kind: keyof HandWritten, inputs: tf.NamedTensorMap): tf.Tensor =>
  evaluate(RESPONSES[kind], inputs, [COUNT]);

const figure = { of: (ms: number) => (1e6 * ms) / COUNT, unit: 'ns per device', headline: 'best' } as const;
const kinds = Object.keys(RESPONSES) as (keyof HandWritten)[];

const againstHandWritten = kinds.map((kind) =>
  timed({
    ...figure,
    name: `device expression: ${NAMES[kind]}`,
    against: 'hand-written SIMD',
    open: async () => {
      const inputs = devices();
      const loop = await opponent(kind, inputs);
      return {
        action: () => respond(kind, inputs).dispose(),
        baseline: loop,
        dispose: () => tf.dispose(inputs),
      };
    },
  }),
);

const againstConstantStep = kinds.slice(1).map((kind) =>
  timed({
    ...figure,
    name: `device expression: ${NAMES[kind]}, against the constant step`,
    against: NAMES.constantStep,
    open: () => {
      const inputs = devices();
      return {
        action: () => respond(kind, inputs).dispose(),
        baseline: () => respond('constantStep', inputs).dispose(),
        dispose: () => tf.dispose(inputs),
      };
    },
  }),
);

/**
 * The hand-written loop on the same devices, where it can be compiled.
 *
 * @throws Error if it does not compute what the expression does
 */
async function opponent(kind: keyof HandWritten, inputs: Record<'g' | 'request', tf.Tensor>) {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((4 * BYTES) / 65536) });
  const loops = await handWritten(memory);
  if (!loops) return undefined;
  const [at, asked, out] = [BYTES, 2 * BYTES, 3 * BYTES];
  new Float32Array(memory.buffer, at, COUNT).set(await inputs.g.data());
  new Float32Array(memory.buffer, asked, COUNT).set(await inputs.request.data());
  const loop = (): void => loops[kind](COUNT, at, asked, out);
  loop();
  const answer = respond(kind, inputs);
  const values = await answer.data();
  answer.dispose();
  const found = new Float32Array(memory.buffer, out, COUNT);
  const worst = found.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i]!)), 0);
  if (!(worst <= AGREEMENT * G_MAX))
    throw new Error(`${NAMES[kind]}: the hand-written loop differs by ${worst}`);
  return loop;
}

/** Expressions of the kind that a user writes in ten lines, against loops written by hand and among themselves. */
export const deviceResponses: readonly Benchmark[] = [...againstHandWritten, ...againstConstantStep];
