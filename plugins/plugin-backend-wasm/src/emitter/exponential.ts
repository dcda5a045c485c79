import type { Graph } from './graph.js';
import { limit, multiplyAdd, polynomial } from './polynomial.js';

/** (eʳ − 1 − r)/r² for |r| ≤ ln 2 / 2: a minimax fit that leaves 1.1·10⁻⁷ of eʳ. */
const EXPONENTIAL = [8.3125252e-3, 4.1890115e-2, 1.6667114e-1, 4.9999231e-1];
/** Adding it leaves the nearest integer in the low bits of a float32. */
const ROUNDER = 1.5 * 2 ** 23;

interface Reduced {
  /** x = n · ln 2 + r, |r| ≤ ln 2 / 2, n an integer. */
  readonly r: number;
  readonly n: number;
}

/** ln 2 in two parts, the first of which has nine bits: n times it is exact. */
function reduce(graph: Graph, x: number): Reduced {
  const rounded = multiplyAdd(graph, x, graph.constant(Math.LOG2E), graph.constant(ROUNDER));
  const n = graph.apply('f32x4.sub', rounded, graph.constant(ROUNDER));
  const coarse = multiplyAdd(graph, n, graph.constant(-0.693359375), x);
  return {
    r: multiplyAdd(graph, n, graph.constant(2.1219444e-4), coarse),
    n: graph.apply('i32x4.sub', rounded, graph.constant(ROUNDER)),
  };
}

/** eʳ − 1 for |r| ≤ ln 2 / 2. */
function small(graph: Graph, r: number): number {
  const square = graph.apply('f32x4.mul', r, r);
  return multiplyAdd(graph, polynomial(graph, r, EXPONENTIAL), square, r);
}

/** 2ᵏ for −127 < k < 128 */
const powerOfTwo = (graph: Graph, k: number): number =>
  graph.shift('i32x4.shl', graph.apply('i32x4.add', k, graph.bits(127)), 23);

/** eʳ · 2ⁿ for |r| ≤ ln 2 / 2 and −150 ≤ n ≤ 128: 0, denormal numbers and ∞ come out by themselves. */
export function expScaled(graph: Graph, r: number, n: number): number {
  const y = graph.apply('f32x4.add', small(graph, r), graph.constant(1));
  const half = graph.shift('i32x4.shr_s', n, 1);
  const first = graph.apply('f32x4.mul', y, powerOfTwo(graph, half));
  return graph.apply('f32x4.mul', first, powerOfTwo(graph, graph.apply('i32x4.sub', n, half)));
}

/** eˣ: 0 below −104, ∞ above 88.73. */
export function exp(graph: Graph, x: number): number {
  const { r, n } = reduce(graph, limit(graph, x, -104, 89));
  return expScaled(graph, r, n);
}

/** eˣ − 1 = 2 · ((eʳ − 1) · s + s − ½), s = 2ⁿ⁻¹: ∞ above 88.73. */
export function expm1(graph: Graph, x: number): number {
  const { r, n } = reduce(graph, limit(graph, x, -87, 89));
  const s = graph.shift('i32x4.shl', graph.apply('i32x4.add', n, graph.bits(126)), 23);
  const rest = graph.apply('f32x4.sub', s, graph.constant(0.5));
  const half = multiplyAdd(graph, small(graph, r), s, rest);
  return graph.apply('f32x4.add', half, half);
}
