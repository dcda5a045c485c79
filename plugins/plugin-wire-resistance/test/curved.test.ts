import { solveArray, type ArraySolution, type CellCurve, type SolveMethod } from '@txsim/circuit-models';
import { CELL_VOLTS, PluginError, type CurvedCells, type WireModel } from '@txsim/core';
import {
  evaluate,
  expm1,
  input,
  less,
  multiply,
  negate,
  numberOf,
  select,
  subtract,
  type Direction,
  type Expression,
} from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { make, uniformNumbers } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { wireResistance } from '../src/index.js';

beforeAll(activateWasm);

const V = 0.2;
const v = input(CELL_VOLTS);

const cellsOf = (f: Expression): CurvedCells => {
  const full = numberOf(f)({ [CELL_VOLTS]: V });
  return { current: multiply(f, V / full), readVoltage: V };
};
const sinhOf = (bend: number): CurvedCells => {
  const x = multiply(v, bend / V);
  return cellsOf(subtract(expm1(x), expm1(negate(x))));
};
const cubicOf = (c: number): CurvedCells => cellsOf(subtract(v, multiply(v, v, v, c)));
const wires = (config: object, cells: CurvedCells): WireModel => make(wireResistance, { config: { ...config } }).curved!(cells); // prettier-ignore

/** Arrays from nearly ideal wires to such as lose most of the current. */
const ARRAYS = [
  { ohms: 1e5, row: 2, column: 3 },
  { ohms: 2e4, row: 2, column: 2 },
  { ohms: 2e3, row: 5, column: 4 },
  { ohms: 1e3, row: 10, column: 10 },
] as const;
const [ROWS, COLUMNS, VECTORS] = [20, 14, 3];

function problem({ ohms, row, column }: (typeof ARRAYS)[number], direction: Direction, seed = 1) {
  const driven = direction === 'forward' ? ROWS : COLUMNS;
  return {
    network: { row, column, source: 100, sink: 50 },
    g: uniformNumbers(ROWS * COLUMNS, 0.05 / ohms, 1 / ohms, seed).map(Math.fround),
    analog: uniformNumbers(VECTORS * driven, -V, V, seed + 1).map(Math.fround),
    binary: uniformNumbers(VECTORS * driven, -1, 1, seed + 2).map((x) => (x > 0 ? V : 0)),
    driven,
  };
}

const rowsOf = (values: readonly number[], columns: number): number[][] =>
  Array.from({ length: values.length / columns }, (_, i) => values.slice(i * columns, (i + 1) * columns));

/** The float64 solver's answer; its curves have the slope 1 at 0 V, so conductances are scaled by f(V)/V of those. */
function solved(
  { network, g, driven }: ReturnType<typeof problem>,
  volts: readonly number[],
  direction: Direction,
  { iv, secant }: { iv: CellCurve; secant: number },
  method: SolveMethod = 'exact',
): ArraySolution {
  const { row, column, source, sink } = network;
  const conductances = rowsOf(g.map((x) => x / secant), COLUMNS); // prettier-ignore
  const given = { conductances, voltages: rowsOf(volts, driven), wire: { row, column }, source, sink, iv };
  return solveArray(given, { method, backward: direction === 'backward' });
}

const sinhCurve = (bend: number) => ({
  iv: { kind: 'sinh' as const, beta: bend / V },
  secant: Math.sinh(bend) / bend,
});

const distance = (found: readonly number[], expected: readonly number[]): number =>
  Math.hypot(...found.map((x, k) => x - expected[k]!)) / Math.hypot(...expected);

async function numbersOf(make: () => tf.Tensor): Promise<number[]> {
  const tensor = tf.tidy(make);
  const values = Array.from(await tensor.data());
  tensor.dispose();
  return values;
}

const tensors = ({ g, driven }: ReturnType<typeof problem>, volts: readonly number[]) => ({
  volts: tf.tensor4d([...volts], [1, 1, VECTORS, driven]),
  g: tf.tensor4d(g, [1, 1, ROWS, COLUMNS]),
});

/** The currents of a model's first method. */
const currentsOf = (
  { methods: [{ curved, effective }] }: WireModel,
  cells: CurvedCells,
  of: ReturnType<typeof tensors>,
  direction: Direction,
): tf.Tensor => {
  if (curved && 'currents' in curved) return curved.currents(of.volts, of.g, direction);
  const terms = curved?.terms ?? [cells.current];
  const matrices = curved?.matrices(of.g, direction) ?? [effective(of.g, direction)];
  const products = terms.map((term, k) => {
    const driven = evaluate(term, { [CELL_VOLTS]: of.volts }, of.volts.shape);
    return tf.matMul(driven, matrices[k]!, false, direction === 'backward');
  });
  return tf.addN(products);
};

describe.each(['forward', 'backward'] as const)('%s', (direction) => {
  describe.each([0.3, 1, 2, 4, 8])("Newton's method at βV = %d", (bend) => {
    test.each(ARRAYS)('$ohms Ω on $row Ω: the float64 solution to float32', async (array) => {
      const given = problem(array, direction);
      for (const volts of [given.analog, given.binary]) {
        const model = wires({ ...given.network, method: 'exact' }, sinhOf(bend));
        expect(model.methods.map(({ name }) => name)).toEqual(['newton']);
        const found = await numbersOf(() => currentsOf(model, sinhOf(bend), tensors(given, volts), direction)); // prettier-ignore
        const expected = solved(given, volts, direction, sinhCurve(bend)).currents.flat();
        expect(distance(found, expected)).toBeLessThan(1e-4);
      }
    });
  });

  describe.each([0.3, 0.7, 1, 2])('the treatment of βV = %d', (bend) => {
    test.each(ARRAYS)('$ohms Ω on $row Ω: within what solveArray estimates of its own', async (array) => {
      const given = problem(array, direction);
      for (const volts of [given.analog, given.binary]) {
        const cells = sinhOf(bend);
        const model = wires({ ...given.network, method: 'ladder2' }, cells);
        const found = await numbersOf(() => currentsOf(model, cells, tensors(given, volts), direction));
        const expected = solved(given, volts, direction, sinhCurve(bend)).currents.flat();
        const { errorBound, errorKind } = solved(given, volts, direction, sinhCurve(bend), 'ladder2');
        expect(errorKind).toBe('estimate');
        found.forEach((I, k) => expect(Math.abs(I - expected[k]!)).toBeLessThan(errorBound));
      }
    });
  });
});

test('curves that flatten are solved as well', async () => {
  const [c, given] = [1.5, problem(ARRAYS[2], 'forward')];
  const model = wires({ ...given.network, method: 'exact' }, cubicOf(c));
  const found = await numbersOf(() => currentsOf(model, cubicOf(c), tensors(given, given.analog), 'forward'));
  const curve = { iv: { kind: 'cubic' as const, c }, secant: 1 - c * V * V };
  expect(distance(found, solved(given, given.analog, 'forward', curve).currents.flat())).toBeLessThan(1e-4);
});

test('as β → 0 the split method is the closed form of linear cells', async () => {
  const given = problem(ARRAYS[1], 'forward');
  const split = wires({ ...given.network }, sinhOf(1e-3)).methods.at(-1)!;
  if (!split.curved || !('terms' in split.curved)) throw new Error('the last method is not the split one');
  const { matrices } = split.curved;
  const { effective } = make(wireResistance, { config: { ...given.network, method: 'ladder2' } }).methods[0];
  const { g } = tensors(given, given.analog);
  const [B, A] = matrices(g, 'forward');
  const expected = await numbersOf(() => effective(g, 'forward'));
  expect(distance(Array.from(await B!.data()), expected)).toBeLessThan(1e-5);
  // The other term is V − f(V), at most a part in 1e7 of V.
  expect(Math.max(...(await A!.data()))).toBeLessThan(10 * Math.max(...expected));
});

describe('how far a curve bends', () => {
  const bendOf = (cells: CurvedCells): number => wires({}, cells).bend!;

  test.each([0.01, 0.4, 1, 2, 5])('is βV of a hyperbolic sine, %d', (bend) =>
    expect(bendOf(sinhOf(bend)) / bend).toBeCloseTo(1, 6),
  );
  test('is nothing for a straight line', () => expect(bendOf(cellsOf(v))).toBe(0));
  test('is that of the hyperbolic sine with the same f(V)/(V f′(0)), or of its reciprocal', () => {
    const bend = 1.3;
    const secant = Math.sinh(bend) / bend;
    expect(bendOf(cubicOf((1 - secant) / (V * V)))).toBeCloseTo(bend, 6);
    expect(bendOf(cubicOf((1 - 1 / secant) / (V * V)))).toBeCloseTo(bend, 6);
  });
});

describe('which treatment is chosen', () => {
  const namesOf = (method: string, cells: CurvedCells): string[] =>
    wires({ method }, cells).methods.map(({ name }) => name);

  test.each([
    ['ladder', 0.6, ['ladder, secant']],
    ['ladder2', 0.6, ['ladder2, secant']],
    ['auto', 0.6, ['ladder, secant', 'ladder2, secant', 'split']],
    ['ladder', 1, ['split']],
    ['auto', 1, ['split']],
    ['auto', 1.99, ['split']],
    ['auto', 2.01, ['newton']],
    ['ladder', 4, ['newton']],
    ['exact', 0.1, ['newton']],
  ] as const)('%s at βV = %d: %j', (method, bend, names) =>
    expect(namesOf(method, sinhOf(bend))).toEqual(names),
  );

  test("a curve that is not odd goes to Newton's method where the split would be taken", () => {
    const rectifier = (ratio: number): CurvedCells => cellsOf(select(less(v, 0), multiply(v, 1 / ratio), v));
    expect(namesOf('auto', rectifier(1.05))).toEqual(['ladder, secant', 'ladder2, secant']);
    expect(namesOf('auto', rectifier(1.4))).toEqual(['newton']);
  });

  test('methods that know linear cells alone are refused', () => {
    expect(() => wires({ method: 'aam' }, sinhOf(1))).toThrow(PluginError);
    expect(() => wires({ method: 'aam' }, sinhOf(1))).toThrow(/aam knows linear cells alone; .* use auto/);
  });
});

test('nothing but the currents is left behind', () => {
  const given = problem(ARRAYS[1], 'backward');
  for (const bend of [0.5, 1, 3]) {
    const of = tensors(given, given.analog);
    const model = wires({ ...given.network, method: 'ladder2' }, sinhOf(bend));
    const before = tf.memory().numTensors;
    const [{ curved }] = model.methods;
    const made = !curved ? [] : 'currents' in curved ? [curved.currents(of.volts, of.g, 'backward')] : curved.matrices(of.g, 'backward'); // prettier-ignore
    expect(tf.memory().numTensors).toBe(before + made.length);
    tf.dispose([made, of.volts, of.g]);
  }
});
