import { add, constant, divide, exp, input, multiply, normal, select, less, subtract } from '@txsim/ops';
import { describe, expect, it } from 'vitest';
import { parseCrossbarProblem, solveArray, type CellCurve } from '../../src/wire/index.js';
import { problemOf, randomArray, randomNumbers } from './support/arrays.js';

const v = input('v');
const [BETA, C] = [1.5, 0.1];
/** sinh(βv)/β and v − c v³ in words. */
const SINH = divide(subtract(exp(multiply(v, BETA)), exp(multiply(v, -BETA))), 2 * BETA);
const CUBIC = subtract(v, multiply(v, v, v, C));

const problem = problemOf(randomArray(randomNumbers(3), { rows: [8, 8], columns: [6, 6] }));

describe('a curve as an expression', () => {
  it.each<[CellCurve, CellCurve]>([
    [
      { kind: 'expression', f: SINH },
      { kind: 'sinh', beta: BETA },
    ],
    [
      { kind: 'expression', f: CUBIC },
      { kind: 'cubic', c: C },
    ],
  ])('gives the currents of the built-in one', (expression, builtIn) => {
    const found = solveArray({ ...problem, iv: expression });
    const expected = solveArray({ ...problem, iv: builtIn });
    found.currents.forEach((line, k) =>
      line.forEach((I, j) => expect(Math.abs(I / expected.currents[k]![j]! - 1)).toBeLessThan(1e-9)),
    );
    expect(found.cells!.bend / expected.cells!.bend).toBeGreaterThan(0.9);
    expect(found.cells!.bend / expected.cells!.bend).toBeLessThan(1.1);
  });

  it('may have two branches', () => {
    // A diode-like device: twice the conductance for positive voltages above 0.1 V.
    const f = select(less(v, 0.1), v, subtract(multiply(v, 2), 0.1));
    const { currents } = solveArray({ ...problem, wire: { row: 0, column: 0 }, source: 0, sink: 0, iv: { kind: 'expression', f } }); // prettier-ignore
    const [volts] = problem.voltages;
    const expected = problem.conductances.reduce((sum, row, i) => {
      const value = volts![i]!;
      return sum + row[0]! * (value < 0.1 ? value : 2 * value - 0.1);
    }, 0);
    expect(Math.abs(currents[0]![0]! / expected - 1)).toBeLessThan(1e-9);
  });

  it.each([
    ['iv.f.op', { op: 'sinh', a: v }],
    ['iv.f.name', input('volts')],
    ['iv.f.a.op', multiply(normal('noise'), v)],
    ['iv.f', add(v, 1)],
    ['iv.f', multiply(v, 2)],
    ['iv.f', subtract(v, multiply(v, v, v))],
    ['iv.f.value', constant(Infinity)],
  ])('is refused at %s where it is no rising curve', (path, f) => {
    const file = { ...problem, iv: { kind: 'expression', f } };
    expect(() => parseCrossbarProblem(file)).toThrow(`${path}: `);
  });
});
