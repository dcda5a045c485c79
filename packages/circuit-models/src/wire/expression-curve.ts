import { CELL_VOLTS } from '@txsim/core';
import { BINARY_ARITHMETIC, derivative, numberOf, UNARY_ARITHMETIC, type Expression } from '@txsim/ops';
import { CrossbarProblemError } from './errors.js';

/** A value and its derivative after the voltage. */
type Dual = readonly [value: number, slope: number];

/** f and f' of an expression of `v`. */
export function dualOf(f: Expression): (volts: number) => Dual {
  const [value, slope] = [numberOf(f), numberOf(derivative(f, CELL_VOLTS))];
  return (volts) => [value({ [CELL_VOLTS]: volts }), slope({ [CELL_VOLTS]: volts })];
}

/** Operations that leave no derivative, so that a curve of them does not rise. */
const STEPS = ['floor', 'round'];

/** The operands of what curves are made of, by operation. */
const OPERANDS: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
  ...Object.keys(UNARY_ARITHMETIC)
    .filter((op) => !STEPS.includes(op))
    .map((op) => [op, ['a']] as const),
  ...Object.keys(BINARY_ARITHMETIC).map((op) => [op, ['a', 'b']] as const),
  ['select', ['condition', 'a', 'b']] as const,
]);

/** @throws CrossbarProblemError unless `value` is an expression of `v` that can be differentiated */
export function checkCurveExpression(value: unknown, path: string): asserts value is Expression {
  const node = (value ?? {}) as Readonly<Record<string, unknown>>;
  const { op } = node;
  if (op === 'constant') {
    if (typeof node['value'] === 'number' && Number.isFinite(node['value'])) return;
    throw new CrossbarProblemError(`${path}.value`, 'must be a finite number');
  }
  if (op === 'input') {
    if (node['name'] === CELL_VOLTS) return;
    throw new CrossbarProblemError(
      `${path}.name`,
      `must be '${CELL_VOLTS}', the voltage of the cell in volts`,
    );
  }
  if (typeof op !== 'string' || !Object.hasOwn(OPERANDS, op)) {
    const known = ['constant', 'input', ...Object.keys(OPERANDS)].join(', ');
    throw new CrossbarProblemError(`${path}.op`, `must be one of ${known}`);
  }
  for (const key of OPERANDS[op]!) checkCurveExpression(node[key], `${path}.${key}`);
}

/** Voltages at which a curve is looked at, in parts of its span. */
const SAMPLES = 64;
/** How far f(0) and f'(0) may be from 0 and 1. */
const CLOSE = 1e-6;

/** @throws CrossbarProblemError unless f(0) = 0, f'(0) = 1 and f rises from −span to span volts */
export function checkRises(f: Expression, span: number, path: string) {
  const dual = dualOf(f);
  const [value, slope] = dual(0);
  if (!(Math.abs(value) <= CLOSE && Math.abs(slope - 1) <= CLOSE)) {
    const reason = `must have f(0) = 0 and f'(0) = 1, so that G is the conductance at 0 V; they are ${value} and ${slope}`;
    throw new CrossbarProblemError(path, reason);
  }
  for (let k = -SAMPLES; k <= SAMPLES; k++) {
    const volts = (k * span) / SAMPLES;
    const [current, rise] = dual(volts);
    if (Number.isFinite(current) && rise > 0) continue;
    throw new CrossbarProblemError(
      path,
      `must rise with the voltage; at ${volts} V it is ${current} with the slope ${rise}`,
    );
  }
}
