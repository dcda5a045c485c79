import type { Graph } from './graph.js';

/** c₀xⁿ + … + cₙ */
export function polynomial(graph: Graph, x: number, coefficients: readonly number[]): number {
  return coefficients
    .slice(1)
    .reduce((sum, c) => multiplyAdd(graph, sum, x, graph.constant(c)), graph.constant(coefficients[0]!));
}

/** a·b + c, rounded twice */
export const multiplyAdd = (graph: Graph, a: number, b: number, c: number): number =>
  graph.apply('f32x4.add', graph.apply('f32x4.mul', a, b), c);

/** a limited to [low, high]; NaN stays. */
export const limit = (graph: Graph, a: number, low: number, high: number): number =>
  graph.apply('f32x4.pmax', graph.apply('f32x4.pmin', a, graph.constant(high)), graph.constant(low));
