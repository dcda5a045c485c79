import type { Graph } from '../graph.js';

/** A word times an odd constant, its upper bits folded onto the lower ones. */
function fold(graph: Graph, word: number, multiplier: number, shift: number): number {
  const product = graph.apply('i32x4.mul', word, graph.bits(multiplier));
  return graph.apply('v128.xor', product, graph.shift('i32x4.shr_u', product, shift));
}

/** The two words that `feistel` of @txsim/ops makes of a counter. */
export function feistelWords(graph: Graph, counter: number, key: readonly number[]): [number, number] {
  const add = (a: number, b: number): number => graph.apply('i32x4.add', a, b);
  const xor = (a: number, b: number): number => graph.apply('v128.xor', a, b);
  let left = add(counter, key[0]!);
  let right = xor(key[1]!, fold(graph, left, 0x9e3779b1, 15));
  left = xor(add(left, fold(graph, right, 0x85ebca6b, 16)), key[2]!);
  right = xor(add(right, fold(graph, left, 0xc2b2ae35, 15)), key[3]!);
  left = add(left, fold(graph, right, 0x27d4eb2f, 16));
  right = add(right, fold(graph, left, 0xac4c1b51, 15));
  return [left, right];
}
