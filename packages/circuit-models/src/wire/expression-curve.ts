import { operands, postorder, type Expression } from '@txsim/ops';
import { CrossbarProblemError } from './errors.js';

/** The input that stands for the voltage of a cell. */
const VOLTS = 'v';

/** A value and its derivative after the voltage. */
type Dual = readonly [value: number, slope: number];

const operations = {
  negate: ([a, da]: Dual): Dual => [-a, -da],
  abs: ([a, da]: Dual): Dual => [Math.abs(a), Math.sign(a) * da],
  sqrt: ([a, da]: Dual): Dual => [Math.sqrt(a), da / (2 * Math.sqrt(a))],
  exp: ([a, da]: Dual): Dual => [Math.exp(a), Math.exp(a) * da],
  log: ([a, da]: Dual): Dual => [Math.log(a), da / a],
  sign: ([a]: Dual): Dual => [Math.sign(a), 0],
  add: ([a, da]: Dual, [b, db]: Dual): Dual => [a + b, da + db],
  subtract: ([a, da]: Dual, [b, db]: Dual): Dual => [a - b, da - db],
  multiply: ([a, da]: Dual, [b, db]: Dual): Dual => [a * b, da * b + a * db],
  divide: ([a, da]: Dual, [b, db]: Dual): Dual => [a / b, (da - (a / b) * db) / b],
  minimum: (a: Dual, b: Dual): Dual => (a[0] <= b[0] ? a : b),
  maximum: (a: Dual, b: Dual): Dual => (a[0] >= b[0] ? a : b),
  less: ([a]: Dual, [b]: Dual): Dual => [Number(a < b), 0],
  select: ([c]: Dual, a: Dual, b: Dual): Dual => (c !== 0 ? a : b),
  power: ([a, da]: Dual, [b, db]: Dual): Dual => {
    const value = a ** b;
    return [value, (da === 0 ? 0 : b * a ** (b - 1) * da) + (db === 0 ? 0 : value * Math.log(a) * db)];
  },
} as const;

type Operation = keyof typeof operations;

/** f and f' of an expression of `v`, by forward differentiation. */
export function dualOf(f: Expression): (volts: number) => Dual {
  const nodes = postorder(f);
  const places = new Map(nodes.map((node, k) => [node, k]));
  const sources = nodes.map((node) => operands(node).map((operand) => places.get(operand)!));
  return (volts) => {
    const values: Dual[] = [];
    nodes.forEach((node, k) => {
      if (node.op === 'constant') values.push([node.value, 0]);
      else if (node.op === 'input') values.push([volts, 1]);
      else {
        const operation = operations[node.op as Operation] as (...of: Dual[]) => Dual;
        values.push(operation(...sources[k]!.map((source) => values[source]!)));
      }
    });
    return values.at(-1)!;
  };
}

/** @throws CrossbarProblemError unless `value` is an expression of `v` that can be differentiated */
export function checkCurveExpression(value: unknown, path: string): asserts value is Expression {
  const node = (value ?? {}) as Readonly<Record<string, unknown>>;
  const { op } = node;
  if (op === 'constant') {
    if (typeof node['value'] === 'number' && Number.isFinite(node['value'])) return;
    throw new CrossbarProblemError(`${path}.value`, 'must be a finite number');
  }
  if (op === 'input') {
    if (node['name'] === VOLTS) return;
    throw new CrossbarProblemError(`${path}.name`, `must be '${VOLTS}', the voltage of the cell in volts`);
  }
  if (typeof op !== 'string' || !Object.hasOwn(operations, op)) {
    const known = ['constant', 'input', ...Object.keys(operations)].join(', ');
    throw new CrossbarProblemError(`${path}.op`, `must be one of ${known}`);
  }
  const count = operations[op as Operation].length;
  const keys = count === 3 ? ['condition', 'a', 'b'] : ['a', 'b'].slice(0, count);
  for (const key of keys) checkCurveExpression(node[key], `${path}.${key}`);
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
