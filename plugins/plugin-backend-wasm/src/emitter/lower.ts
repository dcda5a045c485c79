import {
  BINARY_ARITHMETIC,
  postorder,
  UNARY_ARITHMETIC,
  type BinaryOperation,
  type Expression,
  type UnaryOperation,
} from '@txsim/ops';
import type { Graph } from './graph.js';
import { exp, expm1 } from './exponential.js';
import { log } from './logarithm.js';
import type { SimdInstruction } from './opcodes.js';
import { power } from './power.js';

const UNARY: Partial<Record<UnaryOperation, SimdInstruction>> = {
  sqrt: 'f32x4.sqrt',
  floor: 'f32x4.floor',
  round: 'f32x4.nearest',
};

const BINARY: Partial<Record<BinaryOperation, SimdInstruction>> = {
  add: 'f32x4.add',
  subtract: 'f32x4.sub',
  multiply: 'f32x4.mul',
  divide: 'f32x4.div',
  minimum: 'f32x4.pmin',
  maximum: 'f32x4.pmax',
};

const one = (graph: Graph, mask: number): number => graph.apply('v128.and', mask, graph.constant(1));

function unary(graph: Graph, op: UnaryOperation, a: number): number {
  const known = graph.known(a);
  if (known !== undefined) return graph.constant(UNARY_ARITHMETIC[op](known));
  // By a constant: the instructions f32x4.abs and f32x4.neg make their mask anew each time.
  if (op === 'abs') return graph.apply('v128.and', a, graph.bits(0x7fffffff));
  if (op === 'negate') return graph.apply('v128.xor', a, graph.bits(0x80000000));
  if (op === 'exp') return exp(graph, a);
  if (op === 'expm1') return expm1(graph, a);
  if (op === 'log') return log(graph, a);
  if (op === 'sign') {
    const zero = graph.constant(0);
    const positive = one(graph, graph.apply('f32x4.gt', a, zero));
    return graph.apply('f32x4.sub', positive, one(graph, graph.apply('f32x4.lt', a, zero)));
  }
  return graph.apply(UNARY[op]!, a);
}

/** a / b; by a power of two it is a product, exactly. */
function divide(graph: Graph, a: number, b: number): number {
  const known = graph.known(b);
  const exact = known !== undefined && Math.abs(Math.log2(Math.abs(known))) < 126 && Number.isInteger(Math.log2(Math.abs(known))); // prettier-ignore
  return exact ? graph.apply('f32x4.mul', a, graph.constant(1 / known)) : graph.apply('f32x4.div', a, b);
}

function binary(graph: Graph, op: BinaryOperation, a: number, b: number): number {
  const [knownA, knownB] = [graph.known(a), graph.known(b)];
  if (knownA !== undefined && knownB !== undefined)
    return graph.constant(BINARY_ARITHMETIC[op](knownA, knownB));
  if (op === 'power') return power(graph, a, b);
  if (op === 'less') return one(graph, graph.apply('f32x4.lt', a, b));
  if (op === 'divide') return divide(graph, a, b);
  return graph.apply(BINARY[op]!, a, b);
}

/** The lanes where a condition holds; a comparison needs no detour over 0 and 1. */
function mask(graph: Graph, condition: Expression, of: (e: Expression) => number): number {
  if (condition.op === 'less') return graph.apply('f32x4.lt', of(condition.a), of(condition.b));
  return graph.apply('f32x4.ne', of(condition), graph.constant(0));
}

/**
 * Translates an expression into SIMD values.
 *
 * @param leaf the value of an input or of a noise stream
 * @returns the value of the whole expression
 */
export function lower(graph: Graph, expression: Expression, leaf: (e: Expression) => number): number {
  const done = new Map<Expression, number>();
  const of = (e: Expression): number => done.get(e)!;
  const value = (e: Expression): number => {
    switch (e.op) {
      case 'constant':
        return graph.constant(e.value);
      case 'input':
      case 'normal':
      case 'uniform':
        return leaf(e);
      case 'select':
        return graph.apply('v128.bitselect', of(e.a), of(e.b), mask(graph, e.condition, of));
      default:
        return 'b' in e ? binary(graph, e.op, of(e.a), of(e.b)) : unary(graph, e.op, of(e.a));
    }
  };
  for (const e of postorder(expression)) done.set(e, value(e));
  return of(expression);
}
