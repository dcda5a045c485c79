import { effectiveMatrix, type WireNetwork } from '@txsim/circuit-models';
import {
  exactConductance,
  exactConductanceGradient,
  exactCurrents,
  randomStream,
  fillUniform,
  type LineResistances,
} from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { largest, validationTable } from '../support/validation.js';

const table = validationTable(
  'Reference crossbars, float32 kernel',
  'The exact network as a kernel of the wasm backend, the same currents, relative to the largest.',
  ['array', 'currents', 'largest relative distance'],
);

beforeAll(activateWasm);

/** Of the largest current or entry, the most that float32 and the default stopping bound may leave. */
const TOLERANCE = 1e-4;

interface Fixture {
  readonly r_row: number;
  readonly r_col: number;
  readonly r_src: number;
  readonly r_sink: number;
  readonly G: number[][];
  readonly V: number[][];
  readonly I_splu: number[][];
}

const linesOf = ({ row, column, source, sink }: WireNetwork): LineResistances => ({
  row,
  column,
  rowEnd: source + row,
  columnEnd: column + sink,
});

const FOLDER = 'test/fixtures/crossbars';

describe('the float32 solver gives the currents of the sparse LU solution', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

  test.each(files)('%s', async (file) => {
    const f = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Fixture;
    const lines = linesOf({ row: f.r_row, column: f.r_col, source: f.r_src, sink: f.r_sink });
    const found = await exactCurrents(tf.tensor2d(f.V), tf.tensor2d(f.G), lines).data();
    const expected = f.I_splu.flat();
    const limit = TOLERANCE * Math.max(...expected);
    const off = Array.from(found, (current, k) => (current - expected[k]!) / Math.max(...expected));
    table.row(file.replace(/^xbar-|\.json$/g, ''), String(expected.length), largest(off));
    found.forEach((current, k) => expect(Math.abs(current - expected[k]!)).toBeLessThanOrEqual(limit));
  });
});

const uniforms = (name: string, count: number, low: number, high: number): Float32Array => {
  const values = new Float32Array(count);
  fillUniform(randomStream(5, name), 0, 0, values);
  return values.map((u) => low + (high - low) * u);
};

/** ρ_b from 0.003 to 0.9996: cells of 100 kΩ down to 1 kΩ, on/off 10. */
const NETWORKS: readonly (readonly [ohms: number, network: WireNetwork])[] = [
  [1e5, { row: 1, column: 1, source: 100, sink: 100 }],
  [1e5, { row: 5, column: 2, source: 500, sink: 100 }],
  [1e4, { row: 2, column: 2, source: 100, sink: 50 }],
  [1e4, { row: 0, column: 10, source: 0, sink: 50 }],
  [1e3, { row: 5, column: 2, source: 100, sink: 50 }],
  [1e3, { row: 20, column: 20, source: 100, sink: 100 }],
];

describe('the float32 solver agrees with the float64 solver', () => {
  test.each(NETWORKS)('48 × 40 cells from %i Ω, %j', async (ohms, network) => {
    const [M, N] = [48, 40];
    const g = uniforms(`${ohms}`, M * N, 0.1 / ohms, 1 / ohms);
    const given = Array.from({ length: M }, (_, i) => [...g.subarray(i * N, (i + 1) * N)]);
    const exact = effectiveMatrix(given, network, 'exact', { tolerance: 1e-9 }).conductances.flat();
    const found = await exactConductance(tf.tensor2d(g, [M, N]), linesOf(network)).data();
    const limit = TOLERANCE * Math.max(...exact);
    found.forEach((value, k) => expect(Math.abs(value - exact[k]!)).toBeLessThanOrEqual(limit));
  });
});

describe('the gradient is that of the float64 solver, by differences', () => {
  test.each(NETWORKS)('14 × 11 cells from %i Ω, %j, along three directions', async (ohms, network) => {
    const [M, N] = [14, 11];
    const g = uniforms(`${ohms}`, M * N, 0.1 / ohms, 1 / ohms);
    const P = uniforms('upstream', M * N, -1, 1);
    const gradient = await exactConductanceGradient(
      tf.tensor2d(P, [M, N]),
      tf.tensor2d(g, [M, N]),
      linesOf(network),
    ).data();
    const objective = (cells: ArrayLike<number>): number => {
      const given = Array.from({ length: M }, (_, i) => Array.from({ length: N }, (__, j) => cells[i * N + j]!)); // prettier-ignore
      return effectiveMatrix(given, network).conductances.flat().reduce((sum, value, k) => sum + value * P[k]!, 0); // prettier-ignore
    };
    for (const name of ['a', 'b', 'c']) {
      const step = uniforms(name, M * N, -1e-3 / ohms, 1e-3 / ohms);
      const along = (sign: number): number => objective(Array.from(g, (cell, k) => cell + sign * step[k]!));
      const expected = (along(1) - along(-1)) / 2;
      const terms = Array.from(gradient, (slope, k) => slope * step[k]!);
      const found = terms.reduce((a, b) => a + b, 0);
      const size = terms.reduce((a, b) => a + Math.abs(b), 0);
      expect(Math.abs(found - expected)).toBeLessThan(1e-4 * size);
    }
  });
});

table.isOnPage();
