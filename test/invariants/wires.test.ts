import { solveArray } from '@txsim/circuit-models';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { fromTiles } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../support/laboratory.js';

beforeAll(activateWasm);

/** Worst relative output error of the closed form by severity ρ_b, from 674 random arrays (median loss 6 % to 93 %). */
const BIN_MAXIMUM: readonly (readonly [severity: number, error: number])[] = [
  [0.003, 4e-5],
  [0.01, 1e-4],
  [0.03, 1e-3],
  [0.1, 2e-3],
  [0.2, 7e-3],
  [0.4, 3e-2],
  [0.6, 6e-2],
  [0.8, 1e-1],
  [0.98, 4e-1],
];

interface Fixture {
  readonly rows: number;
  readonly cols: number;
  readonly r_row: number;
  readonly r_col: number;
  readonly r_src: number;
  readonly r_sink: number;
  readonly G: number[][];
  readonly V: number[][];
  readonly I_splu: number[][];
}

const FOLDER = 'test/fixtures/crossbars';
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const load = (file: string): Fixture => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Fixture;

describe('with only wire resistance on, a tile gives the currents of the sparse LU solution', () => {
  test('there are fixtures', () => expect(files.length).toBeGreaterThan(10));

  test.each(files)('%s: within three times the bin maximum of the closed form', async (file) => {
    const f = load(file);
    const [gMin, gMax] = [Math.min(...f.G.flat()), Math.max(...f.G.flat())];
    const weights = f.G.map((row) => row.map((g) => (g - gMin) / (gMax - gMin)));
    const wire = { row: f.r_row, column: f.r_col, source: f.r_src, sink: f.r_sink };
    const matrix = await labMatrix(weights, {
      device: { use: 'device-models/ideal', gMin, gMax },
      mapping: { use: 'mapping', weightRange: 1, rows: f.rows, columns: f.cols },
      wire: { use: 'wire-resistance', ...wire },
    });
    const problem = {
      conductances: f.G,
      voltages: f.V,
      wire: { row: f.r_row, column: f.r_col },
      source: f.r_src,
      sink: f.r_sink,
    };
    const { severity } = solveArray(problem, { method: 'ladder' });
    const limit = 3 * BIN_MAXIMUM.find(([bin]) => severity < bin)![1];

    // The positive plane holds the fixture's conductances.
    const effective = fromTiles(matrix.effective()[0]!, matrix.grid);
    const currents = values(tf.matMul(tf.tensor2d(f.V), effective));
    const expected = f.I_splu.flat();
    const error = Math.hypot(...currents.map((i, k) => i - expected[k]!)) / Math.hypot(...expected);
    expect(error).toBeLessThan(limit);
  });
});

describe('a trained tile gives what the array solver says of its conductances', () => {
  const wire = { row: 2, column: 3, source: 300, sink: 100 };

  async function trained(direction: 'forward' | 'backward') {
    const matrix = await labMatrix(gaussian([24, 16], 2).mul(0.1) as tf.Tensor2D, {
      device: { use: 'device-models/asymmetric-nonlinear', gMin: 1e-5, gMax: 2e-4, nu: 1 },
      mapping: { use: 'mapping', weightRange: 1, rows: 24, columns: 16 },
      wire: { use: 'wire-resistance', ...wire },
      nonIdealities: [{ use: 'write-noise' }],
    });
    for (let i = 0; i < 20; i++) matrix.update(gaussian([4, 24], i + 10), gaussian([4, 16], i + 50), 0.01);
    const drive = gaussian([3, direction === 'forward' ? 24 : 16], 7);
    const voltages = drive.arraySync();
    const planes = matrix.state.map((plane) => plane.squeeze([0, 1]).arraySync() as unknown as number[][]);
    const currentsBy = (method: 'exact' | 'ladder'): number[][][] =>
      planes.map(
        (conductances) =>
          solveArray(
            { conductances, voltages, ...networkParts },
            { method, backward: direction === 'backward' },
          ).currents,
      );
    const networkParts = {
      wire: { row: wire.row, column: wire.column },
      source: wire.source,
      sink: wire.sink,
    };
    // 1 V per unit of input and wMax = 1: outputs are currents over the window.
    const outputs = values(tf.mul(matrix[direction](drive), 2e-4 - 1e-5));
    const difference = (method: 'exact' | 'ladder'): number[] => {
      const [positive, negative] = currentsBy(method);
      return positive!.flatMap((row, b) => row.map((i, j) => i - negative![b]![j]!));
    };
    const scale = Math.hypot(...currentsBy('exact').flat(2));
    const distance = (expected: number[]): number =>
      Math.hypot(...outputs.map((o, k) => o - expected[k]!)) / scale;
    return { ladder: distance(difference('ladder')), exact: distance(difference('exact')) };
  }

  test.each(['forward', 'backward'] as const)(
    '%s: the closed form to float32, the exact solution to 1 percent',
    async (direction) => {
      const { ladder, exact } = await trained(direction);
      expect(ladder).toBeLessThan(1e-5);
      expect(exact).toBeLessThan(0.01);
    },
  );

  test('other terminations in backward are another evaluation', async () => {
    const weights = gaussian([12, 12], 2).mul(0.2) as tf.Tensor2D;
    const arrays = (backward?: { source: number; sink: number }) => ({
      device: { use: 'device-models/ideal', gMin: 1e-5, gMax: 2e-4 },
      mapping: { use: 'mapping', weightRange: 1 },
      wire: {
        use: 'wire-resistance',
        row: 2,
        column: 2,
        source: 500,
        sink: 200,
        ...(backward ? { backward } : {}),
      },
    });
    const d = gaussian([2, 12], 9);
    const reciprocal = await labMatrix(weights, arrays());
    const same = await labMatrix(weights, arrays({ source: 500, sink: 200 }));
    const swapped = await labMatrix(weights, arrays({ source: 200, sink: 500 }));
    expect(values(same.backward(d))).toEqual(values(reciprocal.backward(d)));
    const currents = swapped.state.map((plane) => {
      const conductances = (plane.squeeze([0, 1]).arraySync() as unknown as number[][])
        .slice(-12)
        .map((r) => r.slice(0, 12));
      const problem = {
        conductances,
        voltages: d.arraySync(),
        wire: { row: 2, column: 2 },
        source: 500,
        sink: 200,
      };
      return solveArray(problem, { method: 'exact', backward: { source: 200, sink: 500 } }).currents;
    });
    const outputs = values(swapped.backward(d)).map((x) => x * (2e-4 - 1e-5));
    const expected = currents[0]!.flatMap((row, b) => row.map((i, j) => i - currents[1]![b]![j]!));
    const scale = Math.hypot(...currents.flat(2));
    expect(Math.hypot(...outputs.map((o, k) => o - expected[k]!)) / scale).toBeLessThan(0.01);
  });
});
