import type { Graph } from '../graph.js';
import { multiplyAdd, polynomial } from '../polynomial.js';

/** sin(π/2 · t)/t and cos(π/2 · t) in t² for |t| ≤ 1: minimax fits that leave 3·10⁻⁹ and 5·10⁻⁸. */
const SINE = [1.5082056e-4, -4.672228e-3, 7.968848e-2, -6.459634e-1, 1.5707963];
const COSINE = [8.5819064e-4, -2.0810628e-2, 2.5365075e-1, -1.2336982, 9.9999994e-1];
const ROOT_HALF_BITS = 0x3f3504f3;

/** ((word >> 9) + ½) · 2⁻²³ */
export function uniformOf(graph: Graph, word: number): number {
  const integer = graph.apply('f32x4.convert_i32x4_s', graph.shift('i32x4.shr_u', word, 9));
  return graph.apply('f32x4.mul', graph.apply('f32x4.add', integer, graph.constant(0.5)), graph.constant(2 ** -23)); // prettier-ignore
}

/** Two independent normal numbers by Box and Muller; see `fillNormal` of @txsim/ops. */
export function normalsOf(graph: Graph, first: number, second: number): [number, number] {
  const radius = radiusOf(graph, first);
  const turn = graph.apply('f32x4.convert_i32x4_s', graph.shift('i32x4.shl', second, 1));
  const t = graph.apply('f32x4.mul', turn, graph.constant(2 ** -31));
  const square = graph.apply('f32x4.mul', t, t);
  const sine = graph.apply('f32x4.mul', polynomial(graph, square, SINE), t);
  const cosine = graph.apply('f32x4.mul', radius, polynomial(graph, square, COSINE));
  const sign = graph.apply('v128.and', second, graph.bits(0x80000000));
  return [graph.apply('v128.xor', cosine, sign), graph.apply('f32x4.mul', radius, sine)];
}

/** √(−2 ln u), u = ((word >> 8) + 1) · 2⁻²⁴ = (1 + m) · 2ᵉ with 1 + m in [√½, √2). */
function radiusOf(graph: Graph, word: number): number {
  const integer = graph.apply('i32x4.add', graph.shift('i32x4.shr_u', word, 8), graph.bits(1));
  const x = graph.apply('f32x4.convert_i32x4_s', integer);
  // Taking √½ off the mantissa borrows from the exponent below √½.
  const shifted = graph.apply('i32x4.sub', x, graph.bits(ROOT_HALF_BITS));
  const exponent = graph.apply('i32x4.sub', graph.shift('i32x4.shr_s', shifted, 23), graph.bits(24));
  const e = graph.apply('f32x4.convert_i32x4_s', exponent);
  const fraction = graph.apply('v128.and', shifted, graph.bits(0x007fffff));
  const mantissa = graph.apply('i32x4.add', fraction, graph.bits(ROOT_HALF_BITS));
  const m = graph.apply('f32x4.sub', mantissa, graph.constant(1));
  return graph.apply('f32x4.sqrt', multiplyAdd(graph, e, graph.constant(-2 * Math.LN2), logarithm(graph, m)));
}

/**
 * −2 ln(1 + m) = −2m + m²·(1 + m·P(m)): P of degree 5 is a minimax fit, weighted by its effect on the normal number, which
 * leaves 9·10⁻⁸ of it; in Estrin's order, which halves the chain of dependent products.
 */
function logarithm(graph: Graph, m: number): number {
  const square = graph.apply('f32x4.mul', m, m);
  const linear = (high: number, low: number): number =>
    multiplyAdd(graph, graph.constant(high), m, graph.constant(low));
  const low = multiplyAdd(graph, linear(-0.39834443, 0.49963686), square, linear(-0.6666893, 1));
  const high = multiplyAdd(graph, graph.constant(0.20414107), square, linear(-0.321705, 0.34306404));
  const all = multiplyAdd(graph, high, graph.apply('f32x4.mul', square, square), low);
  return multiplyAdd(graph, square, all, graph.apply('f32x4.mul', m, graph.constant(-2)));
}
