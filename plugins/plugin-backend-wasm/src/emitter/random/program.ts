import type { Generator, NoiseKind } from '@txsim/ops';
import { Graph, Level } from '../graph.js';
import { feistelWords } from './feistel.js';
import { normalsOf, uniformOf } from './numbers.js';
import { philoxWords } from './philox.js';

/** Random words that a generator makes of one counter: vectors of elements that a program makes together. */
export const WORDS = { feistel: 2, philox: 4 } as const satisfies Record<Generator, number>;

/** Operands of the program: numbers 0, 1, 2, …, the counter that stands for 0, and the four words of a `DrawKey`. */
const INDEX = 0;
const BASE = 1;
const KEY = [2, 3, 4, 5] as const;
export const OPERANDS = 6;

/** What makes the elements of a draw: one counter per lane, and of it a vector of elements for each word. */
export interface RandomProgram {
  readonly graph: Graph;
  readonly roots: readonly number[];
}

export function randomProgram(generator: Generator, kind: NoiseKind): RandomProgram {
  const graph = new Graph();
  const index = graph.operand(INDEX, Level.element);
  const counter = graph.apply('i32x4.add', index, graph.operand(BASE, Level.row));
  const key = KEY.map((k) => graph.operand(k, Level.row));
  const words = wordsOf(graph, generator, kind, counter, key);
  if (kind === 0) return { graph, roots: words.map((word) => uniformOf(graph, word)) };
  const pairs = words.filter((_, w) => w % 2 === 0).map((first, p) => [first, words[2 * p + 1]!] as const);
  return { graph, roots: pairs.flatMap(([first, second]) => normalsOf(graph, first, second)) };
}

function wordsOf(
  graph: Graph,
  generator: Generator,
  kind: NoiseKind,
  counter: number,
  key: readonly number[],
): readonly number[] {
  if (generator === 'feistel') return feistelWords(graph, counter, key);
  return philoxWords(graph, [counter, key[2]!, graph.bits(kind), key[3]!], [key[0]!, key[1]!]);
}
