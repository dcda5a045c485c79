import type { Graph } from './graph.js';

/** Polynomials from Cephes (S. Moshier, expf and logf), relative error about 2·10⁻⁷. */
const EXP = [1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1]; // prettier-ignore
const LOG = [7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1]; // prettier-ignore
const SMALLEST_NORMAL = 2 ** -126;
const ROOT_HALF_BITS = 0x3f3504f3;

/** c₀xⁿ + … + cₙ */
function polynomial(graph: Graph, x: number, coefficients: readonly number[]): number {
  return coefficients
    .slice(1)
    .reduce(
      (sum, c) => graph.apply('f32x4.add', graph.apply('f32x4.mul', sum, x), graph.constant(c)),
      graph.constant(coefficients[0]!),
    );
}

/** a·b + c, rounded twice */
const multiplyAdd = (graph: Graph, a: number, b: number, c: number): number =>
  graph.apply('f32x4.add', graph.apply('f32x4.mul', a, b), c);

/** a limited to [low, high]; NaN stays. */
const limit = (graph: Graph, a: number, low: number, high: number): number =>
  graph.apply('f32x4.pmax', graph.apply('f32x4.pmin', a, graph.constant(high)), graph.constant(low));

/** eʳ · 2ⁿ for |r| ≤ ln 2 / 2 and integers −150 ≤ n ≤ 128: 0, denormal numbers and ∞ come out by themselves. */
export function expScaled(graph: Graph, r: number, n: number): number {
  const square = graph.apply('f32x4.mul', r, r);
  const rest = graph.apply('f32x4.add', r, graph.constant(1));
  const y = multiplyAdd(graph, polynomial(graph, r, EXP), square, rest);
  const integer = graph.apply('i32x4.trunc_sat_f32x4_s', n);
  const half = graph.shift('i32x4.shr_s', integer, 1);
  const power = (k: number): number =>
    graph.shift('i32x4.shl', graph.apply('i32x4.add', k, graph.bits(127)), 23);
  const first = graph.apply('f32x4.mul', y, power(half));
  return graph.apply('f32x4.mul', first, power(graph.apply('i32x4.sub', integer, half)));
}

/** eˣ: 0 below −104, ∞ above 88.73. */
export function exp(graph: Graph, x: number): number {
  const inside = limit(graph, x, -104, 89);
  const n = graph.apply('f32x4.nearest', graph.apply('f32x4.mul', inside, graph.constant(Math.LOG2E)));
  const coarse = multiplyAdd(graph, n, graph.constant(-0.693359375), inside);
  return expScaled(graph, multiplyAdd(graph, n, graph.constant(2.1219444e-4), coarse), n);
}

/** x = m · 2ᵉ with m in [√½, √2), for finite x > 0. */
export function split(graph: Graph, x: number): { mantissa: number; exponent: number } {
  const tiny = graph.apply('f32x4.lt', x, graph.constant(SMALLEST_NORMAL));
  const scaled = graph.apply('f32x4.mul', x, graph.constant(2 ** 24));
  const normal = graph.apply('v128.bitselect', scaled, x, tiny);
  // Taking √½ off the mantissa borrows from the exponent below √½.
  const shifted = graph.apply('i32x4.sub', normal, graph.bits(ROOT_HALF_BITS));
  const exponent = graph.apply('f32x4.convert_i32x4_s', graph.shift('i32x4.shr_s', shifted, 23));
  const fraction = graph.apply('v128.and', shifted, graph.bits(0x007fffff));
  const less = graph.apply('v128.and', tiny, graph.constant(24));
  return {
    mantissa: graph.apply('i32x4.add', fraction, graph.bits(ROOT_HALF_BITS)),
    exponent: graph.apply('f32x4.sub', exponent, less),
  };
}

/** ln x: −∞ at 0, NaN below. */
export function log(graph: Graph, x: number): number {
  const { mantissa, exponent } = split(graph, x);
  const m = graph.apply('f32x4.sub', mantissa, graph.constant(1));
  const z = graph.apply('f32x4.mul', m, m);
  let y = graph.apply('f32x4.mul', graph.apply('f32x4.mul', polynomial(graph, m, LOG), m), z);
  y = multiplyAdd(graph, exponent, graph.constant(-2.1219444e-4), y);
  y = multiplyAdd(graph, z, graph.constant(-0.5), y);
  y = multiplyAdd(graph, exponent, graph.constant(0.693359375), graph.apply('f32x4.add', m, y));
  const at = (limitPoint: number, value: number): void => {
    const there = graph.apply('f32x4.eq', x, graph.constant(limitPoint));
    y = graph.apply('v128.bitselect', graph.constant(value), y, there);
  };
  at(0, -Infinity);
  at(Infinity, Infinity);
  const defined = graph.apply('f32x4.ge', x, graph.constant(0));
  return graph.apply('v128.bitselect', y, graph.constant(NaN), defined);
}
