import { solveArray } from '@txsim/circuit-models';
import { CELL_VOLTS, type CurvedProducts } from '@txsim/core';
import { evaluate, expm1, input, multiply, negate, rankFourConductance, subtract } from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { uniformNumbers } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { curvedCircuit } from '../src/curved-lines.js';
import { splitProducts } from '../src/split-matrices.js';

// The table of treatments in docs/reference/wire-solver.md; it is printed.

beforeAll(activateWasm);

const V = 0.2;
const [ARRAYS, VECTORS] = [40, 4];

/** An array of 16² to 32² cells, 1 to 100 kΩ, on/off 10 to 100, differential pairs in adjacent columns; ρ_b below 0.4. */
function arrayOf(seed: number) {
  const u = uniformNumbers(10, 0, 1, seed);
  const [rows, columns] = [16 + Math.floor(17 * u[0]!), 2 * (8 + Math.floor(9 * u[1]!))];
  const ohms = 10 ** (3 + 2 * u[2]!);
  const off = 10 ** -(1 + u[3]!);
  const weights = uniformNumbers((rows * columns) / 2, -1, 1, seed + 1000);
  const g = weights.flatMap((w) => [w, -w].map((part) => (off + (1 - off) * Math.max(0, part)) / ohms));
  const [row, column] = [u[4]!, u[5]!].map((x) => 10 ** (-1 + 2 * x)) as [number, number];
  const [source, sink] = [u[6]!, u[7]!].map((x) => 10 ** (1.5 + 1.5 * x)) as [number, number];
  return { rows, columns, g: g.map(Math.fround), row, column, source, sink };
}

type Drawn = ReturnType<typeof arrayOf>;

const rowsOf = (values: readonly number[], columns: number): number[][] =>
  Array.from({ length: values.length / columns }, (_, i) => values.slice(i * columns, (i + 1) * columns));

const pairs = (currents: number[][]): number[] =>
  currents.flatMap((line) =>
    Array.from({ length: line.length / 2 }, (_, j) => line[2 * j]! - line[2 * j + 1]!),
  );

const distance = (found: readonly number[], expected: readonly number[]): number =>
  Math.hypot(...found.map((x, k) => x - expected[k]!)) / Math.hypot(...expected);

/** The errors of currents, and of differences of columns, of both treatments. */
async function errorsOf(array: Drawn, bend: number, volts: readonly number[]) {
  const { rows, columns, g, row, column, source, sink } = array;
  const given = { wire: { row, column }, source, sink, iv: { kind: 'sinh' as const, beta: bend / V } };
  const conductances = rowsOf(g.map((x) => (x * bend) / Math.sinh(bend)), columns); // prettier-ignore
  const exact = solveArray({ ...given, conductances, voltages: rowsOf(volts, rows) }).currents;
  const x = multiply(input(CELL_VOLTS), bend / V);
  const current = multiply(subtract(expm1(x), expm1(negate(x))), V / (2 * Math.sinh(bend)));
  const lines = { row, column, rowEnd: row + source, columnEnd: column + sink };
  const circuit = curvedCircuit({ current, readVoltage: V }, lines);
  const tensors = tf.tidy(() => {
    const cells = tf.tensor4d(g, [1, 1, rows, columns]);
    const split = splitProducts({ forward: circuit, backward: circuit });
    const secant: CurvedProducts = { terms: [current], matrices: () => [rankFourConductance(cells, lines)] };
    return [secant, split].map(({ terms, matrices }) => {
      const made = matrices(cells, 'forward');
      const driven = tf.tensor4d([...volts], [1, 1, VECTORS, rows]);
      return tf.addN(
        terms.map((term, k) => tf.matMul(evaluate(term, { [CELL_VOLTS]: driven }, driven.shape), made[k]!)),
      );
    });
  });
  const found = await Promise.all(tensors.map(async (t) => rowsOf(Array.from(await t.data()), columns)));
  tf.dispose(tensors);
  return found.flatMap((currents) => [
    distance(currents.flat(), exact.flat()),
    distance(pairs(currents), pairs(exact)),
  ]);
}

const severityOf = ({ rows, columns, g, row, column, source, sink }: Drawn): number => {
  const problem = { conductances: rowsOf(g, columns), voltages: [new Array<number>(rows).fill(V)] };
  return solveArray({ ...problem, wire: { row, column }, source, sink }, { method: 'ladder' }).severity;
};

test(
  'the errors of secant and split grow with the bend as the guide has it',
  { timeout: 600_000 },
  async () => {
    const arrays = Array.from({ length: 4 * ARRAYS }, (_, seed) => arrayOf(seed + 1))
      .filter((array) => severityOf(array) < 0.4)
      .slice(0, ARRAYS);
    expect(arrays).toHaveLength(ARRAYS);
    const lines = ['βV, inputs: secant, secant of pairs, split, split of pairs (median / largest)'];
    for (const bend of [0.2, 0.4, 0.7, 1, 2]) {
      for (const inputs of ['analog', 'binary'] as const) {
        const errors: number[][] = [];
        for (const [seed, array] of arrays.entries()) {
          const drawn = uniformNumbers(VECTORS * array.rows, 0, V, seed + 5000);
          const volts = inputs === 'analog' ? drawn.map(Math.fround) : drawn.map((v) => (v > V / 2 ? V : 0));
          errors.push(await errorsOf(array, bend, volts));
        }
        const columns = [0, 1, 2, 3].map((k) => errors.map((e) => e[k]!).sort((a, b) => a - b));
        const cells = columns.map(
          (c) => `${c[c.length / 2]!.toExponential(1)} / ${c.at(-1)!.toExponential(1)}`,
        );
        lines.push(`${bend}, ${inputs}: ${cells.join(', ')}`);
        const [secant, , split] = columns.map((c) => c[c.length / 2]!) as [number, number, number];
        if (bend > 0.7) expect(split).toBeLessThan(secant / 2);
      }
    }
    console.log(lines.join('\n'));
  },
);
