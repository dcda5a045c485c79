import { arrayModel, type LearningMatrix } from '@txsim/array';
import { solveArray } from '@txsim/circuit-models';
import { compose, dataset, definePlugin, network, trainer, wireModel, type SimulationEvents, type StackInput } from '@txsim/core'; // prettier-ignore
import { convertToAnalog } from '@txsim/layers';
import { fromTiles, input, less, multiply, select } from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import jsonLines from '@txsim/plugin-report-json-lines';
import { crossEntropy, makeBatch, simulate } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { gaussian, labMatrix, laboratory, labArrays, labStack, values } from '../support/laboratory.js';

beforeAll(activateWasm);

type Arrays = Partial<StackInput['stack']>;

const V = 0.2;
const [INPUTS, OUTPUTS] = [20, 12];
const [G_MIN, G_MAX] = [1e-5, 2e-4];
const dac = { use: 'circuit-models/uniform-dac', readVoltage: V, bits: 8 };
const base: Arrays = {
  device: { use: 'device-models/ideal', gMin: G_MIN, gMax: G_MAX },
  mapping: { use: 'mapping', weightRange: 3, rows: INPUTS, columns: OUTPUTS },
  dac,
};
const sinhOf = (bend: number) => ({ use: 'cell-curve/sinh', beta: bend / V });
const wire = { use: 'wire-resistance', row: 2, column: 3, source: 300, sink: 100 };
/** A matrix of normal weights on such arrays. */
const matrixOn = (arrays: Arrays): Promise<LearningMatrix> =>
  labMatrix(gaussian([INPUTS, OUTPUTS]), { ...base, ...arrays });

const directions = ['forward', 'backward'] as const;
type Direction = (typeof directions)[number];

/** Vectors of whose inputs every magnitude up to the largest is used. */
const signals = (direction: Direction): tf.Tensor2D => gaussian([4, direction === 'forward' ? INPUTS : OUTPUTS], 7); // prettier-ignore

/** What an 8-bit DAC drives lines with, volts: levels of 1/127 of each vector's largest magnitude. */
const voltsOf = (x: tf.Tensor2D): number[][] =>
  x.arraySync().map((vector) => {
    const largest = Math.max(...vector.map(Math.abs));
    return vector.map((value) => (V * Math.round((127 * value) / largest)) / 127);
  });

/** Outputs of a matrix as currents of the planes' difference: what is undone is the digital scale. */
function currentsOf(x: tf.Tensor2D, y: tf.Tensor2D): number[] {
  const scale = tf.max(tf.abs(x), 1, true);
  return values(tf.mul(tf.div(y, scale), (V * (G_MAX - G_MIN)) / 3));
}

const distance = (found: readonly number[], expected: readonly number[]): number =>
  Math.hypot(...found.map((I, k) => I - expected[k]!)) / Math.hypot(...expected);

/** The float64 network of the planes that a matrix holds; conductances are those at the read voltage. */
function networkOf(
  planes: readonly number[][][],
  voltages: number[][],
  direction: Direction,
  { bend, resistances }: { bend: number; resistances: Omit<typeof wire, 'use'> },
): number[] {
  const [plus, minus] = planes.map((plane) => {
    const conductances = plane.map((row) => row.map((g) => (g * bend) / Math.sinh(bend)));
    const { row, column, source, sink } = resistances;
    const given = { conductances, voltages, wire: { row, column }, source, sink };
    const iv = { kind: 'sinh' as const, beta: bend / V };
    return solveArray({ ...given, iv }, { backward: direction === 'backward' }).currents.flat();
  }) as [number[], number[]];
  return plus.map((I, k) => I - minus[k]!);
}

describe.each(directions)('%s', (direction) => {
  test.each([0.3, 1, 2, 6])('without wires, cells carry G · f(V), βV = %d: to float32', async (bend) => {
    const matrix = await matrixOn({ cell: sinhOf(bend) });
    const planes = matrix.state.map((g) => fromTiles(g, matrix.grid).arraySync());
    const x = signals(direction);
    const ideal = { row: 0, column: 0, source: 0, sink: 0 };
    const expected = networkOf(planes, voltsOf(x), direction, { bend, resistances: ideal });
    expect(distance(currentsOf(x, matrix[direction](x) as tf.Tensor2D), expected)).toBeLessThan(1e-5);
  });

  // The last column is what docs/reference/wire-solver.md has as the largest error of a treatment at such a bend.
  test.each([
    ['auto', 0.4, 'ladder, secant', 0.02],
    ['ladder2', 1, 'split', 0.03],
    ['auto', 2, 'split', 0.06],
    ['auto', 3, 'newton', 1e-4],
    ['exact', 1, 'newton', 1e-4],
  ] as const)('through wires, method %s at βV = %d takes %s', async (method, bend, name, limit) => {
    const matrix = await matrixOn({ cell: sinhOf(bend), wire: { ...wire, method, tolerance: 1 } }); // prettier-ignore
    const planes = matrix.state.map((g) => fromTiles(g, matrix.grid).arraySync());
    const x = signals(direction);
    const found = currentsOf(x, matrix[direction](x) as tf.Tensor2D);
    const expected = networkOf(planes, voltsOf(x), direction, { bend, resistances: wire });
    const plus = networkOf([planes[0]!, planes[1]!.map((row) => row.map(() => 0))], voltsOf(x), direction, { bend, resistances: wire }); // prettier-ignore
    // Differences of planes are smaller than the currents that the errors are of.
    const scale = Math.hypot(...plus) / Math.hypot(...expected);
    expect(distance(found, expected)).toBeLessThan(limit * Math.max(1, scale));
    const report = (await matrix.probe(gaussian([4, INPUTS], 7), gaussian([4, OUTPUTS], 7)))!;
    expect(report.method).toBe(name);
    expect(report.bend).toBeCloseTo(bend, 5);
    // The probe drives whole vectors to the read voltage without a DAC, so it sees all but the last bits of this.
    if (name !== 'newton') {
      const measured = report.errors[direction]!;
      expect(Math.abs(measured / distance(found, expected) - 1)).toBeLessThan(0.1);
    } else expect(report.error).toBeLessThan(1e-4);
  });
});

test.each(['forward', 'backward'] as const)(
  'planes in adjacent columns are one network, %s',
  async (direction) => {
    const bend = 3;
    const mapping = {
      use: 'mapping',
      weightRange: 3,
      rows: INPUTS,
      columns: 2 * OUTPUTS,
      placement: 'adjacent',
    };
    const matrix = await matrixOn({ mapping, cell: sinhOf(bend), wire });
    const [plus, minus] = matrix.state.map((g) => fromTiles(g, matrix.grid).arraySync()) as [
      number[][],
      number[][],
    ];
    const x = signals(direction);
    const volts = voltsOf(x);
    const array = plus.map((row, i) => row.flatMap((g, j) => [g, minus[i]![j]!]));
    const through = (voltages: number[][]): number[] =>
      networkOf([array, array.map((row) => row.map(() => 0))], voltages, direction, {
        bend,
        resistances: wire,
      });
    const alternate = (part: 0 | 1): number[][] =>
      volts.map((v) => v.flatMap((u) => (part === 0 ? [u, 0] : [0, u])));
    const forward = (): number[] => {
      const I = through(volts);
      return Array.from({ length: I.length / 2 }, (_, k) => I[2 * k]! - I[2 * k + 1]!);
    };
    const backward = (): number[] => {
      const [first, second] = [through(alternate(0)), through(alternate(1))];
      return first.map((I, k) => I - second[k]!);
    };
    const found = currentsOf(x, matrix[direction](x) as tf.Tensor2D);
    expect(distance(found, direction === 'forward' ? forward() : backward())).toBeLessThan(1e-4);
  },
);

test('a curve without bend leaves every number of a stack as it is', async () => {
  const outputs = async (cell: Arrays): Promise<number[][]> => {
    const matrix = await matrixOn({ wire, nonIdealities: [{ use: 'read-noise' }], ...cell }); // prettier-ignore
    return [values(matrix.forward(signals('forward'))), values(matrix.backward(signals('backward')))];
  };
  expect(await outputs({ cell: sinhOf(0) })).toEqual(await outputs({}));
});

test('inputs in bits of 0 and the read voltage see no curve where wires are ideal', async () => {
  const serial = { use: 'circuit-models/serial-dac', readVoltage: V, bits: 6 };
  const y = async (cell: Arrays): Promise<number[]> => {
    const matrix = await matrixOn({ dac: serial, ...cell });
    return values(matrix.forward(signals('forward')));
  };
  expect(distance(await y({ cell: sinhOf(4) }), await y({}))).toBeLessThan(1e-6);
  const analog = values((await matrixOn({ cell: sinhOf(4) })).forward(signals('forward')));
  expect(distance(analog, await y({}))).toBeGreaterThan(0.1);
});

describe('a run', () => {
  type Probe = SimulationEvents['wires'] & { type: string };

  async function run(arrays: Arrays, strict = false) {
    const lines: string[] = [];
    const folder = {
      write: async (_: string, content: string) =>
        void lines.push(...content.split('\n').filter((l) => l !== '')),
      append: (_: string, line: string) => void lines.push(line),
    };
    const stack = labStack(
      { ...base, mapping: { use: 'mapping', rows: 8, columns: 8 }, ...arrays },
      {
        backend: 'wasm',
        dataset: { use: 'test/clusters', shape: [8], trainSize: 60, testSize: 20 },
        network: { use: 'mlp', units: [6] },
        trainer: { use: 'trainers/sgd', learningRate: 0.1, batchSize: 20, epochs: 2 },
      },
    );
    const reporters = [{ use: 'report-json-lines/json-lines' }];
    const summary = await simulate({ ...stack, reporters }, { registry: laboratory(jsonLines), folder, strict }); // prettier-ignore
    const facts = lines.map((line) => JSON.parse(line) as Probe);
    return { summary, probes: facts.filter(({ type }) => type === 'wires') };
  }

  test.each([
    ['ladder, secant', 0.3],
    ['split', 1.2],
    ['newton', 3],
  ])(
    'tells that it took %s at βV = %d, and with which error; strict, it finds nothing',
    async (name, bend) => {
      const probed = { ...wire, tolerance: 0.2, probe: { every: 3, samples: 2 } };
      const { summary, probes } = await run({ cell: sinhOf(bend), wire: probed }, true);
      expect(new Set(probes.map(({ method }) => method))).toEqual(new Set([name]));
      for (const probe of probes) {
        expect(probe.bend).toBeCloseTo(bend, 5);
        expect(probe.error).toBeLessThan(0.2);
      }
      expect(summary.warnings).toEqual([]);
    },
  );

  test('auto goes on from the secant to the split where the tolerance asks for it', async () => {
    const probed = { ...wire, tolerance: 1e-3, probe: { every: 3, samples: 2 } };
    const { probes } = await run({ cell: sinhOf(0.6), wire: probed });
    const { method, rejected } = probes[0]!;
    expect(method).toBe('split');
    expect(rejected.map((r) => r.method)).toEqual(['ladder, secant', 'ladder2, secant']);
  });
});

test.each([
  ['ladder2', 0.5],
  ['ladder2', 1],
  ['exact', 1],
] as const)('tf.memory() is flat over steps, method %s at βV = %d', async (method, bend) => {
  const stack = labStack({
    ...base,
    mapping: { use: 'mapping', rows: 8, columns: 8, subtract: 'digital' },
    adc: { use: 'circuit-models/uniform-adc' },
    cell: sinhOf(bend),
    wire: { ...wire, method },
    nonIdealities: [{ use: 'read-noise', definition: 'proportional' }],
  });
  const simulation = compose(stack, laboratory());
  const data = await simulation.resolve(dataset).load();
  const digital = await simulation.resolve(network).build(data);
  const analog = await convertToAnalog(digital, arrayModel(simulation));
  const learn = simulation.resolve(trainer);
  const batch = makeBatch(data, data.train, [0, 1]);
  const kept: number[] = [];
  for (let i = 0; i < 6; i++) {
    learn.step(analog, () => crossEntropy(analog.network, batch)).dispose();
    kept.push(tf.memory().numTensors);
  }
  expect(new Set(kept.slice(2)).size).toBe(1);
  analog.dispose();
  simulation.dispose();
  digital.dispose();
  tf.dispose([batch.x, batch.y]);
});

describe('a stack is refused', () => {
  test.each<[string, Arrays, RegExp]>([
    ['without a dac, which says how many volts', { dac: undefined, cell: sinhOf(1) }, /\[stack\.cell\] needs a dac/],
    ['where the curve falls', { cell: { use: 'cell-curve/cubic', c: 4 } }, /\[stack\.cell\] must rise between ±0\.4 V.*from -0\.4 V to -0\.39\d* V it does not/],
    ['where the wires’ method knows linear cells alone', { cell: sinhOf(1), wire: { ...wire, method: 'aam' } }, /\[stack\.wire\] method: aam/],
  ])('%s', (_, arrays, message) => {
    expect(() => labArrays({ ...base, ...arrays })).toThrow(message);
  }); // prettier-ignore

  test('where the wire model knows linear cells alone', () => {
    const plain = wireModel({
      id: 'plain',
      description: 'Wires without resistance.',
      config: z.strictObject({}),
      create: () => ({ reciprocal: true, methods: [{ name: 'ideal', effective: (g) => g.clone() }] }),
    });
    const plugin = definePlugin({ name: 'plain-wires', version: '1.0.0', namespace: 'plain', engines: { txsim: '*' }, contributes: [plain] }); // prettier-ignore
    const stack = labStack({ ...base, cell: sinhOf(1), wire: { use: 'plain' } });
    expect(() => arrayModel(compose(stack, laboratory(plugin)))).toThrow(/plain\/plain knows linear cells alone/); // prettier-ignore
  });
});

test('a curve may be an expression with two branches', async () => {
  const v = input('v');
  const f = select(less(v, 0), multiply(v, 0.5), v);
  const matrix = await matrixOn({ cell: { use: 'cell-curve/expression', f } });
  const planes = matrix.state.map((g) => fromTiles(g, matrix.grid).arraySync());
  const x = signals('forward');
  const [plus, minus] = planes as [number[][], number[][]];
  const current = (vector: number[], j: number): number =>
    vector.reduce((sum, u, i) => sum + (u < 0 ? u / 2 : u) * (plus[i]![j]! - minus[i]![j]!), 0);
  const expected = voltsOf(x).flatMap((vector) => plus[0]!.map((_, j) => current(vector, j)));
  expect(distance(currentsOf(x, matrix.forward(x)), expected)).toBeLessThan(1e-5);
});
