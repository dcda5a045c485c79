import { expScaled } from './exponential.js';
import type { Graph } from './graph.js';
import { split } from './logarithm.js';
import { limit, multiplyAdd, polynomial } from './polynomial.js';

/** log₂ m = s · P(s²), s = (m − 1)/(m + 1), |s| ≤ 0.172: a minimax fit that leaves 7·10⁻¹⁰. */
const LOG2 = [0.431745988, 0.576714003, 0.961798851, 2.88539008];
/** Adding it leaves the nearest integer in the low bits of a float32. */
const ROUNDER = 1.5 * 2 ** 23;
/** Twelve of the 24 bits of a mantissa. */
const UPPER_HALF = 0xfffff000;
/** Stands for the exponent of ∞, and its negative for that of 0. */
const ENDLESS = 2 ** 126;

/** log₂ m for m in [√½, √2). */
function smallLog2(graph: Graph, m: number): number {
  const one = graph.constant(1);
  const s = graph.apply('f32x4.div', graph.apply('f32x4.sub', m, one), graph.apply('f32x4.add', m, one));
  return graph.apply('f32x4.mul', polynomial(graph, graph.apply('f32x4.mul', s, s), LOG2), s);
}

/** x = m · 2ᵉ, with exponents beyond all others for 0 and ∞. */
function splitAll(graph: Graph, x: number): { m: number; e: number } {
  const { mantissa, exponent } = split(graph, x);
  const none = graph.apply('f32x4.eq', x, graph.constant(0));
  const all = graph.apply('f32x4.eq', x, graph.constant(Infinity));
  const low = graph.apply('v128.bitselect', graph.constant(-ENDLESS), exponent, none);
  return { m: mantissa, e: graph.apply('v128.bitselect', graph.constant(ENDLESS), low, all) };
}

/**
 * xʸ for x > 0, = 2^(y·e + y·log₂ m): what y·e has beside an integer must not be lost to its size, so half of y's bits
 * are multiplied with e by themselves, which is exact.
 */
function positive(graph: Graph, x: number, y: number): number {
  const { m, e } = splitAll(graph, x);
  const upper = graph.apply('v128.and', y, graph.bits(UPPER_HALF));
  const lower = graph.apply('f32x4.sub', y, upper);
  const coarse = graph.apply('f32x4.mul', upper, e);
  const product = graph.apply('f32x4.mul', y, smallLog2(graph, m));
  const fine = multiplyAdd(graph, lower, e, product);
  const near = limit(graph, graph.apply('f32x4.add', coarse, fine), -151, 129);
  const rounded = graph.apply('f32x4.add', near, graph.constant(ROUNDER));
  const n = graph.apply('f32x4.sub', rounded, graph.constant(ROUNDER));
  const rest = graph.apply('f32x4.add', graph.apply('f32x4.sub', coarse, n), fine);
  const r = graph.apply('f32x4.mul', limit(graph, rest, -1, 1), graph.constant(Math.LN2));
  return expScaled(graph, r, graph.apply('i32x4.sub', rounded, graph.constant(ROUNDER)));
}

/**
 * xʸ for x ≥ 0 and finite y; x⁰ = 1, 0ʸ = 0 for y > 0 and ∞ for y < 0; NaN for x < 0. The relative error is at most
 * 2.5·10⁻⁷ + 10⁻⁷ |y|: the last place of x, which is rounded too, is worth 1.2·10⁻⁷ |y|.
 */
function general(graph: Graph, x: number, y: number): number {
  const defined = graph.apply('f32x4.ge', x, graph.constant(0));
  const result = graph.apply('v128.bitselect', positive(graph, x, y), graph.constant(NaN), defined);
  if (graph.known(y) !== undefined) return result;
  return graph.apply(
    'v128.bitselect',
    graph.constant(1),
    result,
    graph.apply('f32x4.eq', y, graph.constant(0)),
  );
}

/** xʸ; the exponents that have an instruction of their own use it. */
export function power(graph: Graph, x: number, y: number): number {
  const square = (): number => graph.apply('f32x4.mul', x, x);
  switch (graph.known(y)) {
    case 0:
      return graph.constant(1);
    case 1:
      return x;
    case 2:
      return square();
    case 3:
      return graph.apply('f32x4.mul', square(), x);
    case -1:
      return graph.apply('f32x4.div', graph.constant(1), x);
    case 0.5:
      return graph.apply('f32x4.sqrt', x);
    default:
      return general(graph, x, y);
  }
}
