import { BINARY_ARITHMETIC, UNARY_ARITHMETIC } from './arithmetic.js';
import { constant, type BinaryOperation, type Expression } from './expression.js';
import { operands, postorder } from './traverse.js';

type Rounding = (value: number) => number;

/** How `simplify` simplifies. */
export interface Simplification {
  /** Told of every node made so far: what may stand in its place. */
  readonly rewrite?: (e: Expression) => Expression;
  /** To what constants and what is made of them are rounded: float32, as expressions are evaluated. */
  readonly round?: Rounding;
}

/**
 * The same value by fewer operations, for inputs that are finite, and to the bit as constants are rounded: constants are
 * folded, 0 is not added, a product with 0 is 0, one with 1 its other factor, a difference of equals 0, of limits that leave no
 * room the last one holds, and a choice between equals is none.
 */
export function simplify(
  root: Expression,
  { rewrite = (e) => e, round = Math.fround }: Simplification = {},
): Expression {
  const done = new Map<Expression, Expression>();
  const of = (e: Expression): Expression => done.get(e)!;
  const simple = (e: Expression): Expression => {
    if (e.op === 'select') return chosen(of(e.condition), of(e.a), of(e.b));
    if ('b' in e) return joined(e.op, of(e.a), of(e.b), round);
    if (!('a' in e)) return e;
    const a = of(e.a);
    return a.op === 'constant' ? constant(round(UNARY_ARITHMETIC[e.op](round(a.value)))) : { op: e.op, a };
  };
  for (const e of postorder(root)) done.set(e, rewrite(simple(e)));
  return of(root);
}

/** Simplified with constants in double precision: what is known before anything is evaluated. */
export const folded = (root: Expression): Expression => simplify(root, { round: (value) => value });

/** Whether two expressions are written alike. */
export const isSame = (a: Expression, b: Expression): boolean =>
  a === b ||
  (a.op === b.op && leafOf(a) === leafOf(b) && operands(a).every((x, k) => isSame(x, operands(b)[k]!)));

function leafOf(e: Expression): unknown {
  if (e.op === 'constant') return e.value;
  if (e.op === 'input') return e.name;
  return e.op === 'normal' || e.op === 'uniform' ? e.stream : undefined;
}

function chosen(condition: Expression, a: Expression, b: Expression): Expression {
  if (condition.op === 'constant') return condition.value === 0 ? b : a;
  return isSame(a, b) ? a : { op: 'select', condition, a, b };
}

function joined(op: BinaryOperation, a: Expression, b: Expression, round: Rounding): Expression {
  const [x, y] = [a, b].map((e) => (e.op === 'constant' ? round(e.value) : undefined));
  if (x !== undefined && y !== undefined) return constant(round(BINARY_ARITHMETIC[op](x, y)));
  if (op === 'multiply' && (x === 0 || y === 0)) return constant(0);
  if ((op === 'multiply' && y === 1) || (op === 'divide' && y === 1)) return a;
  if (op === 'subtract' && isSame(a, b)) return constant(0);
  if ((op === 'add' || op === 'subtract') && y === 0) return a;
  if ((op === 'multiply' && x === 1) || (op === 'add' && x === 0)) return b;
  if ((op === 'minimum' || op === 'maximum') && (limits(op, a, b) || limits(op, b, a)))
    return x === undefined ? b : a;
  return { op, a, b };
}

/** Whether the one is a limit that the other, limited from the opposite side, never lies within. */
function limits(op: 'minimum' | 'maximum', one: Expression, other: Expression): boolean {
  if (one.op !== 'constant' || other.op !== (op === 'minimum' ? 'maximum' : 'minimum')) return false;
  const within = (limit: Expression): boolean =>
    limit.op === 'constant' && (op === 'maximum' ? limit.value <= one.value : limit.value >= one.value);
  return within(other.a) || within(other.b);
}
