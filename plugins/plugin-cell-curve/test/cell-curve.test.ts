import { solveArray } from '@txsim/circuit-models';
import { CELL_VOLTS, type CellCurve, type Contribution } from '@txsim/core';
import { add, exp, input, multiply, numberOf, subtract } from '@txsim/ops';
import { describeCellCurve, describePlugin, make } from '@txsim/plugin-testkit';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { cubic, expression, sinh } from '../src/index.js';

const v = input(CELL_VOLTS);
/** The on-state and the rectifying rest of Lehtonen and Laiho's memristor: 9 sinh(2V) + 0.01 (exp(4V) − 1). */
const rectifying = add(
  multiply(subtract(exp(multiply(v, 2)), exp(multiply(v, -2))), 4.5),
  multiply(subtract(exp(multiply(v, 4)), 1), 0.01),
);

describePlugin(plugin, { packageJson });
describeCellCurve(sinh);
describeCellCurve(sinh, { config: { beta: 40 } });
describeCellCurve(sinh, { config: { beta: 0 } });
describeCellCurve(cubic);
describeCellCurve(cubic, { config: { c: 1 } });
describeCellCurve(expression, { config: { f: rectifying } });

const valueOf = (curve: Contribution<CellCurve>, config: Record<string, unknown>) => {
  const f = numberOf(make(curve, { config }).current(v));
  return (volts: number): number => f({ [CELL_VOLTS]: volts });
};

test('they are the curves of the array solver: one cell without wires carries G · f(V)', () => {
  const siemens = 1e-4;
  const voltages = [-0.3, -0.01, 0.05, 0.2].map((volts) => [volts]);
  for (const [curve, config, iv] of [
    [sinh, { beta: 7 }, { kind: 'sinh', beta: 7 }],
    [cubic, { c: -2 }, { kind: 'cubic', c: -2 }],
  ] as const) {
    const ideal = { wire: { row: 0, column: 0 }, source: 0, sink: 0 };
    const { currents } = solveArray({ conductances: [[siemens]], voltages, ...ideal, iv });
    const f = valueOf(curve, config);
    currents.forEach(([I], k) => expect(I! / (siemens * f(voltages[k]![0]!))).toBeCloseTo(1, 9));
  }
});

test('the default cubic has the curvature of the default hyperbolic sine', () => {
  const [s, c] = [valueOf(sinh, {}), valueOf(cubic, {})];
  // What is left is the next term of the series, (βV)⁴/120.
  for (const volts of [0.05, 0.1, 0.2]) expect(s(volts) / c(volts) - 1).toBeLessThan((2 * volts) ** 4 / 100);
});

test('an expression as JSON is the same curve', () => {
  const fromFile = JSON.parse(JSON.stringify(rectifying)) as unknown;
  const [one, other] = [valueOf(expression, { f: rectifying }), valueOf(expression, { f: fromFile })];
  for (const volts of [-0.4, -0.1, 0.2]) expect(one(volts)).toBe(other(volts));
});

test.each([
  [{ op: 'input', name: 'w' }, /f\.name: must be 'v'/],
  [{ op: 'floor', a: v }, /f\.op: must be one of constant, input, .*expm1/],
  [{ op: 'add', a: v }, /f\.b\.op: must be one of/],
])('%j is refused, with the place', (f, message) => {
  expect(() => make(expression, { config: { f } })).toThrow(message);
});
