import { postorder, type BinaryOperation, type Expression, type UnaryOperation } from '@txsim/ops';
import { literal } from './literal.js';

/** Expressions as statements in WGSL, `let v0 = …;`, and the name of the value of each. */
export interface Translation {
  readonly statements: string;
  readonly results: readonly string[];
}

const UNARY: Record<UnaryOperation, (a: string) => string> = {
  negate: (a) => `-${a}`,
  abs: (a) => `abs(${a})`,
  sqrt: (a) => `sqrt(${a})`,
  exp: (a) => `txExp(${a})`,
  expm1: (a) => `txExpm1(${a})`,
  log: (a) => `txLn(${a})`,
  floor: (a) => `floor(${a})`,
  round: (a) => `round(${a})`,
  sign: (a) => `sign(${a})`,
};

const BINARY: Record<BinaryOperation, (a: string, b: string) => string> = {
  add: (a, b) => `${a} + ${b}`,
  subtract: (a, b) => `${a} - ${b}`,
  multiply: (a, b) => `${a} * ${b}`,
  divide: (a, b) => `${a} / ${b}`,
  minimum: (a, b) => `min(${a}, ${b})`,
  maximum: (a, b) => `max(${a}, ${b})`,
  power: (a, b) => `txPower(${a}, ${b})`,
  less: (a, b) => `select(0.0, 1.0, ${a} < ${b})`,
};

/** Exponents that need no logarithm. */
const POWERS = new Map<number, (a: string) => string>([
  [0, () => '1.0'],
  [1, (a) => a],
  [2, (a) => `${a} * ${a}`],
  [3, (a) => `${a} * ${a} * ${a}`],
  [-1, (a) => `1.0 / ${a}`],
  [0.5, (a) => `sqrt(${a})`],
]);

/** Whether dividing by a number is multiplying by its reciprocal, exactly. */
function isPowerOfTwo(value: number): boolean {
  const exponent = Math.log2(Math.abs(value));
  return Number.isInteger(exponent) && Math.abs(exponent) < 126;
}

/** What an operation on `a` and a constant is in fewer instructions; undefined if it stays as it is. */
function simpler(op: BinaryOperation, a: string, b: number): string | undefined {
  if (op === 'power') return POWERS.get(b)?.(a);
  if (op === 'divide' && isPowerOfTwo(b)) return `${a} * ${literal(1 / b)}`;
  return undefined;
}

/**
 * Translates expressions. Equal terms are computed once, however they were written. Constants are bound by `let`, so
 * that WGSL refuses no program for what 1/0 would be at compile time.
 *
 * @param leaf the WGSL term of an input or of a noise stream
 */
export function translate(expressions: readonly Expression[], leaf: (e: Expression) => string): Translation {
  const names = new Map<string, string>();
  const done = new Map<Expression, string>();
  const of = (e: Expression): string => done.get(e)!;
  const named = (term: string): string => {
    let name = names.get(term);
    if (name === undefined) names.set(term, (name = `v${names.size}`));
    return name;
  };
  for (const e of expressions.flatMap(postorder)) done.set(e, named(termOf(e, of, leaf)));
  const statements = [...names].map(([term, name]) => `  let ${name} = ${term};`).join('\n');
  return { statements, results: expressions.map(of) };
}

function termOf(e: Expression, of: (e: Expression) => string, leaf: (e: Expression) => string): string {
  switch (e.op) {
    case 'constant':
      return literal(e.value);
    case 'input':
    case 'normal':
    case 'uniform':
      return leaf(e);
    case 'select':
      return `select(${of(e.b)}, ${of(e.a)}, ${condition(e.condition, of)})`;
    default:
      if (!('b' in e)) return UNARY[e.op](of(e.a));
      return (
        (e.b.op === 'constant' && simpler(e.op, of(e.a), Math.fround(e.b.value))) ||
        BINARY[e.op](of(e.a), of(e.b))
      );
  }
}

/** A truth value; a comparison needs no detour over 0 and 1. */
const condition = (e: Expression, of: (e: Expression) => string): string =>
  e.op === 'less' ? `${of(e.a)} < ${of(e.b)}` : `${of(e)} != 0.0`;
