import type { Graph } from './graph.js';
import { multiplyAdd, polynomial } from './polynomial.js';

/** Polynomial from Cephes (S. Moshier, logf), relative error about 2·10⁻⁷. */
const LOG = [7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1]; // prettier-ignore
const SMALLEST_NORMAL = 2 ** -126;
const ROOT_HALF_BITS = 0x3f3504f3;

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
