/**
 * A small typed language for what happens to one element: a device's conductance, one current, one input.
 * An expression is plain data. The same expression is evaluated by tfjs operations (`evaluate.ts`, the truth),
 * compiled to a SIMD loop by a backend, drawn as a plot and printed in the documentation.
 */
export type Expression =
  | { readonly op: 'constant'; readonly value: number }
  | { readonly op: 'input'; readonly name: string }
  | { readonly op: 'normal' | 'uniform'; readonly stream: string }
  | { readonly op: UnaryOperation; readonly a: Expression }
  | { readonly op: BinaryOperation; readonly a: Expression; readonly b: Expression }
  | { readonly op: 'select'; readonly condition: Expression; readonly a: Expression; readonly b: Expression };

/** Operations of one operand. */
export type UnaryOperation = 'negate' | 'abs' | 'sqrt' | 'exp' | 'expm1' | 'log' | 'floor' | 'round' | 'sign';
/** Operations of two operands. */
export type BinaryOperation =
  'add' | 'subtract' | 'multiply' | 'divide' | 'minimum' | 'maximum' | 'power' | 'less';

/** What builders accept: a number stands for a constant. */
export type Operand = Expression | number;

const lift = (x: Operand): Expression => (typeof x === 'number' ? { op: 'constant', value: x } : x);
const unary =
  (op: UnaryOperation) =>
  (a: Operand): Expression => ({ op, a: lift(a) });
const binary =
  (op: BinaryOperation) =>
  (a: Operand, b: Operand): Expression => ({ op, a: lift(a), b: lift(b) });
const chain =
  (op: BinaryOperation) =>
  (first: Operand, ...rest: Operand[]): Expression =>
    rest.reduce<Expression>((a, b) => ({ op, a, b: lift(b) }), lift(first));

/** a · b, where (x · c₁) · c₂ is x · (c₁c₂). */
function product(a: Expression, b: Expression): Expression {
  if (b.op !== 'constant' || a.op !== 'multiply' || a.b.op !== 'constant') return { op: 'multiply', a, b };
  return { op: 'multiply', a: a.a, b: { op: 'constant', value: a.b.value * b.value } };
}

/** A constant. */
export const constant = (value: number): Expression => ({ op: 'constant', value });
/** A tensor that the stage supplies by name; it broadcasts against the others as in tfjs. */
export const input = (name: string): Expression => ({ op: 'input', name });
/** One draw of N(0, 1) per element. Draws of the same `stream` in one evaluation are the same number. */
export const normal = (stream: string): Expression => ({ op: 'normal', stream });
/** One draw of U(0, 1) per element, never 0 and never 1. Draws of the same `stream` are the same number. */
export const uniform = (stream: string): Expression => ({ op: 'uniform', stream });

/** a + b + … */
export const add = chain('add');
/** a · b · …; constant factors become one. */
export const multiply = (first: Operand, ...rest: Operand[]): Expression =>
  rest.reduce<Expression>((a, b) => product(a, lift(b)), lift(first));
/** min(a, b, …) */
export const minimum = chain('minimum');
/** max(a, b, …) */
export const maximum = chain('maximum');
/** a − b */
export const subtract = binary('subtract');
/** a / b */
export const divide = binary('divide');
/** aᵇ for a ≥ 0 */
export const power = binary('power');
/** 1 where a < b, else 0 */
export const less = binary('less');
/** −a */
export const negate = unary('negate');
/** |a| */
export const abs = unary('abs');
/** √a */
export const sqrt = unary('sqrt');
/** eᵃ */
export const exp = unary('exp');
/** eᵃ − 1, without cancellation for small a: what is left of an exponential approach. */
export const expm1 = unary('expm1');
/** ln a */
export const log = unary('log');
/** The largest integer ≤ a */
export const floor = unary('floor');
/** The nearest integer, halves to the even one */
export const round = unary('round');
/** −1, 0 or 1 */
export const sign = unary('sign');
/** a where the condition is not 0, else b. Both are evaluated: neither may be NaN where it is not taken. */
export const select = (condition: Operand, a: Operand, b: Operand): Expression => ({
  op: 'select',
  condition: lift(condition),
  a: lift(a),
  b: lift(b),
});
/** a limited to [low, high] */
export const clamp = (a: Operand, low: Operand, high: Operand): Expression => minimum(maximum(a, low), high);
