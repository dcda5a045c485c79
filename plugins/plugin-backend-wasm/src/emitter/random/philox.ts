import type { Graph } from '../graph.js';

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** Bytes of the even or the odd 32-bit words of two vectors. */
const words = (first: 0 | 1): number[] =>
  [0, 2, 4, 6].flatMap((word) => [0, 1, 2, 3].map((byte) => 4 * (word + first) + byte));
const LOW = words(0);
const HIGH = words(1);

/** The 64-bit product of each lane and a constant, as its low and its high word. */
function product(graph: Graph, a: number, multiplier: number): { low: number; high: number } {
  const factor = graph.bits(multiplier);
  const lower = graph.apply('i64x2.extmul_low_i32x4_u', a, factor);
  const upper = graph.apply('i64x2.extmul_high_i32x4_u', a, factor);
  return { low: graph.shuffle(lower, upper, LOW), high: graph.shuffle(lower, upper, HIGH) };
}

/** The four words that `philox` of @txsim/ops makes of a counter of four words under a key of two. */
export function philoxWords(
  graph: Graph,
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): [number, number, number, number] {
  const xor = (a: number, b: number): number => graph.apply('v128.xor', a, b);
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const p0 = product(graph, c0, M0);
    const p1 = product(graph, c2, M1);
    [c0, c1, c2, c3] = [xor(xor(p1.high, c1), k0), p1.low, xor(xor(p0.high, c3), k1), p0.low];
    k0 = graph.apply('i32x4.add', k0, graph.bits(W0));
    k1 = graph.apply('i32x4.add', k1, graph.bits(W1));
  }
  return [c0, c1, c2, c3];
}
