import { pulseInputs, pulseNoise, UP, type PulseProgram } from '@txsim/ops';
import { leafId } from './compile.js';
import { Graph, Level } from './graph.js';
import { lower } from './lower.js';
import { feistelWords } from './random/feistel.js';
import { normalsOf, uniformOf } from './random/numbers.js';
import { schedule } from './schedule.js';

/** The first or the last four of a group's eight weights: they take the first or the second number of a counter. */
export type Half = 0 | 1;

/** What an operand of the pulse graph is. */
export type PulseOperand =
  | { readonly kind: 'state' | 'input'; readonly index: number }
  | { readonly kind: 'direction' | 'counter' }
  | { readonly kind: 'key'; readonly index: number };

/** One pulse of four weights, lowered. */
export interface PulseGraph {
  readonly graph: Graph;
  /** The values in the order in which they are made. */
  readonly order: readonly number[];
  /** The value that each state has before the pulse, and the one it has behind it. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly operand: (index: number) => PulseOperand;
}

/** Operands: tensors of `pulseInputs`, direction, counter, then four words of a key for each of `pulseNoise`. */
export function pulseGraph(program: PulseProgram, half: Half): PulseGraph {
  const graph = new Graph();
  const inputs = pulseInputs(program);
  const states = program.state.length;
  const [direction, counter, firstKey] = [inputs.length, inputs.length + 1, inputs.length + 2];
  const goes = graph.operand(direction, Level.element);
  const zero = graph.constant(0);
  const up = graph.apply('v128.and', graph.apply('f32x4.gt', goes, zero), graph.constant(1));
  const gets = graph.apply('f32x4.ne', goes, zero);
  const numbers = new Map<string, number>();
  pulseNoise(program).forEach(({ kind, stream }, k) => {
    const key = [0, 1, 2, 3].map((w) => graph.operand(firstKey + 4 * k + w, Level.row));
    const words = feistelWords(graph, graph.operand(counter, Level.element), key);
    const number = kind === 'normal' ? normalsOf(graph, ...words)[half] : uniformOf(graph, words[half]);
    numbers.set(`${kind}:${stream}`, number);
  });
  const input = (index: number): number => graph.operand(index, index < states ? Level.element : Level.row);
  const before = program.state.map((_, k) => input(k));
  const after = program.next.map((expression, k) => {
    const next = lower(graph, expression, (leaf) => {
      if (leaf.op !== 'input') return numbers.get(leafId(leaf))!;
      return leaf.name === UP ? up : input(inputs.indexOf(leaf.name));
    });
    return graph.apply('v128.bitselect', next, before[k]!, gets);
  });
  const operand = (index: number): PulseOperand => {
    if (index < states) return { kind: 'state', index };
    if (index < inputs.length) return { kind: 'input', index };
    if (index === direction || index === counter) return { kind: index === direction ? 'direction' : 'counter' };
    return { kind: 'key', index };
  }; // prettier-ignore
  return { graph, order: needed(graph, after), before, after, operand };
}

/** The scheduled values without those that no result needs: half of the numbers that a counter gives. */
function needed(graph: Graph, roots: readonly number[]): readonly number[] {
  const used = new Set<number>();
  const visit = (id: number): void => {
    if (used.has(id)) return;
    used.add(id);
    graph.values[id]!.from.forEach(visit);
  };
  roots.forEach(visit);
  return schedule(graph).filter((id) => used.has(id));
}
