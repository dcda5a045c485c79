import type { Graph } from './graph.js';
import { expScaled } from './exponential.js';
import { split } from './logarithm.js';

const LOW = [0, 1, 2, 3, 4, 5, 6, 7];
const HIGH = LOW.map((lane) => lane + 8);
const BOTH = [...LOW, ...LOW.map((lane) => lane + 16)];

/** ln m = 2 artanh s, s = (m − 1)/(m + 1), |s| ≤ 0.172: eight terms leave 10⁻¹³. */
function logarithm(graph: Graph, m: number): number {
  const one = graph.double(1);
  const s = graph.apply('f64x2.div', graph.apply('f64x2.sub', m, one), graph.apply('f64x2.add', m, one));
  const z = graph.apply('f64x2.mul', s, s);
  let sum = graph.double(2 / 15);
  for (let k = 13; k >= 1; k -= 2) {
    sum = graph.apply('f64x2.add', graph.apply('f64x2.mul', sum, z), graph.double(2 / k));
  }
  return graph.apply('f64x2.mul', sum, s);
}

interface Reduced {
  readonly n: number;
  readonly rest: number;
}

/** y · ln x = n · ln 2 + rest, for two of the four lanes, in float64: |y · ln x| may be 88, its error counts as is. */
function reduce(graph: Graph, half: readonly number[], x: ReturnType<typeof split>, y: number): Reduced {
  const wide = (value: number): number =>
    graph.apply('f64x2.promote_low_f32x4', graph.shuffle(value, value, [...half, ...half]));
  const scale = graph.apply('f64x2.mul', wide(x.exponent), graph.double(Math.LN2));
  const ln = graph.apply('f64x2.add', scale, logarithm(graph, wide(x.mantissa)));
  const product = graph.apply('f64x2.mul', wide(y), ln);
  const below = graph.apply('f64x2.pmin', product, graph.double(89));
  const t = graph.apply('f64x2.pmax', below, graph.double(-104));
  const n = graph.apply('f64x2.nearest', graph.apply('f64x2.mul', t, graph.double(Math.LOG2E)));
  const rest = graph.apply('f64x2.sub', t, graph.apply('f64x2.mul', n, graph.double(Math.LN2)));
  return {
    n: graph.apply('f32x4.demote_f64x2_zero', n),
    rest: graph.apply('f32x4.demote_f64x2_zero', rest),
  };
}

/** xʸ for x ≥ 0; x⁰ = 1, 0ʸ = 0 for y > 0 and ∞ for y < 0; NaN for x < 0. */
function general(graph: Graph, x: number, y: number): number {
  const parts = split(graph, x);
  const low = reduce(graph, LOW, parts, y);
  const high = reduce(graph, HIGH, parts, y);
  const rest = graph.shuffle(low.rest, high.rest, BOTH);
  const n = graph.apply('i32x4.trunc_sat_f32x4_s', graph.shuffle(low.n, high.n, BOTH));
  let result = expScaled(graph, rest, n);
  const zero = graph.constant(0);
  const infinite = graph.apply('f32x4.eq', x, graph.constant(Infinity));
  const extreme = graph.apply('v128.or', infinite, graph.apply('f32x4.eq', x, zero));
  const grows = graph.apply('v128.xor', infinite, graph.apply('f32x4.lt', y, zero));
  const end = graph.apply('v128.and', grows, graph.constant(Infinity));
  result = graph.apply('v128.bitselect', end, result, extreme);
  const defined = graph.apply('f32x4.ge', x, zero);
  result = graph.apply('v128.bitselect', result, graph.constant(NaN), defined);
  return graph.apply('v128.bitselect', graph.constant(1), result, graph.apply('f32x4.eq', y, zero));
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
