import {
  effectiveConductance,
  exactConductance,
  exactCurrents,
  rankFourConductance,
  type LineResistances,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { timed, type Benchmark, type Contest } from './benchmark.js';
import { CrossbarSystem } from './crossbar-system.js';

const ARRAYS = 16;
/** Ohms; the ends are a segment and a terminal. */
const LINES = { row: 2.5, column: 2.5, rowEnd: 502.5, columnEnd: 102.5 };
/** Devices from 1 to 10 µS. */
const [LEAST, MOST] = [1e-6, 1e-5];

/** Where most of the current is lost: devices from 1 to 10 kΩ, segments of 3 Ω, no terminals. */
const SEVERE: LineResistances = { row: 3, column: 3, rowEnd: 3, columnEnd: 3 };

type ClosedForm = (g: tf.Tensor, lines: LineResistances) => tf.Tensor;

const closedForm = (name: string, form: ClosedForm): Benchmark[] =>
  [64, 128, 256].map((size) =>
    timed({
      name: `${name} ${size}²`,
      unit: 'µs per array',
      of: (ms) => (1e3 * ms) / ARRAYS,
      headline: 'best',
      engines: 'any',
      open: () => {
        const g = tf.randomUniform([ARRAYS, size, size], LEAST, MOST);
        return { action: () => form(g, LINES).dispose(), dispose: () => g.dispose() };
      },
    }),
  );

/** One array solved exactly, and by a general sparse solver that factorises it and solves for the same vectors. */
function network(name: string, size: number, open: () => Promise<Contest>, compared = true): Benchmark {
  return timed({
    name: `${name} ${size}²`,
    unit: 'ms',
    of: (ms) => ms,
    headline: 'best',
    ...(compared && { against: 'sparse LDLᵀ, float64' }),
    open,
  });
}

/** The whole effective matrix; beside it a solution for each word line. */
const matrix = (size: number, compared: boolean): Benchmark =>
  network(
    'exact wires, matrix',
    size,
    async () => {
      const g = tf.randomUniform([1, size, size], LEAST, MOST);
      const cells = await g.data();
      const baseline = (): void => {
        const system = new CrossbarSystem(size, size, cells, LINES);
        for (let i = 0; i < size; i++) system.currents(new Float64Array(size).fill(1, i, i + 1));
      };
      const action = (): void => exactConductance(g, LINES).dispose();
      return { action, ...(compared && { baseline }), dispose: () => g.dispose() };
    },
    compared,
  );

const vector = (
  name: string,
  size: number,
  range: readonly [number, number],
  lines: LineResistances,
): Benchmark =>
  network(name, size, async () => {
    const g = tf.randomUniform([1, size, size], ...range);
    const volts = tf.randomUniform([1, 1, size]);
    const [cells, drive] = [await g.data(), await volts.data()];
    return {
      action: () => exactCurrents(volts, g, lines).dispose(),
      baseline: () => void new CrossbarSystem(size, size, cells, lines).currents(drive),
      dispose: () => tf.dispose([g, volts]),
    };
  });

/** Arrays with wires: the closed forms, and the network itself. */
export const wires: readonly Benchmark[] = [
  ...closedForm('effective conductance', effectiveConductance),
  ...closedForm('effective conductance, rank four', rankFourConductance),
  matrix(64, true),
  matrix(128, true),
  // The general solver takes a quarter of a minute for this one.
  matrix(256, false),
  vector('exact wires, one vector', 128, [LEAST, MOST], LINES),
  vector('exact wires, one vector', 256, [LEAST, MOST], LINES),
  vector('exact wires, one vector, 1 to 10 kΩ, 3 Ω,', 256, [1e-4, 1e-3], SEVERE),
];
