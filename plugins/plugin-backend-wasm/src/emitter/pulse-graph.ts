import { pulseInputs, pulseNoise, UP, type PulseProgram } from '@txsim/ops';
import { leafId } from './compile.js';
import { Graph, Level } from './graph.js';
import { lower } from './lower.js';
import { nextPulse } from './next-pulse.js';
import { feistelWords } from './random/feistel.js';
import { normalsOf, uniformOf } from './random/numbers.js';
import { schedule } from './schedule.js';

/** The first or the last four of a group's eight weights: they take the first or the second number of a counter. */
export type Half = 0 | 1;

/** Planes of numbers of pulses by sample; the next one tells which samples' pulses go up. See `listWeights`. */
export const PLANES = 5;

/** What an operand of the pulse graph is. */
export type PulseOperand =
  /** Of each weight: a tensor of `pulseInputs`, a plane. */
  | { readonly kind: 'tensor' | 'plane'; readonly index: number }
  /** Of each weight: its word in the list; 0. */
  | { readonly kind: 'word' | 'zero' }
  /** Of all weights: stride and origin of counters, then four words of a key for each of `pulseNoise`. */
  | { readonly kind: 'number'; readonly index: number };

/** A value that goes from pulse to pulse. */
export interface Carried {
  readonly before: number;
  readonly after: number;
}

/** One pulse of four weights, lowered. */
export interface PulseGraph {
  readonly graph: Graph;
  /** The values in the order in which they are made. */
  readonly order: readonly number[];
  /** The states, then the planes, then what else `nextPulse` remembers. */
  readonly carried: readonly Carried[];
  readonly operand: (index: number) => PulseOperand;
}

/** What a pulse does to four weights of a half. Where a weight has none left, it stays as it is. */
export function pulseGraph(program: PulseProgram, half: Half): PulseGraph {
  const graph = new Graph();
  const operands: PulseOperand[] = [];
  const operand = (is: PulseOperand, level: Level): number => graph.operand(operands.push(is) - 1, level);
  const numbers = (index: number): number => operand({ kind: 'number', index }, Level.constant);
  const [stride, origin] = [numbers(0), numbers(1)];
  const keys = pulseNoise(program).map((_, k) => [2, 3, 4, 5].map((w) => numbers(4 * k + w)));
  const states = program.state.length;
  const tensors = pulseInputs(program).map((_, index) =>
    operand({ kind: 'tensor', index }, index < states ? Level.element : Level.row),
  );
  const planes = Array.from({ length: PLANES }, (_, index) => operand({ kind: 'plane', index }, Level.element));
  const rises = operand({ kind: 'plane', index: PLANES }, Level.row);
  const word = operand({ kind: 'word' }, Level.row);
  const zeros = [0, 1].map(() => operand({ kind: 'zero' }, Level.element));

  const pulse = nextPulse(graph, planes, zeros[0]!, zeros[1]!);
  const first = graph.apply('i32x4.add', origin, deviceOf(graph, word));
  const counter = graph.apply('i32x4.add', graph.apply('i32x4.mul', pulse.event, stride), first);
  const nothing = graph.bits(0);
  const goesUp = graph.apply('i32x4.ne', graph.apply('v128.and', rises, pulse.bit), nothing);
  const up = graph.apply('v128.and', goesUp, graph.constant(1));
  const none = graph.apply('i32x4.eq', pulse.bit, nothing);
  const noise = noiseOf(graph, program, half, counter, keys);
  const inputs = pulseInputs(program);
  const after = program.next.map((expression, k) => {
    const next = lower(graph, expression, (leaf) => {
      if (leaf.op !== 'input') return noise.get(leafId(leaf))!;
      return leaf.name === UP ? up : tensors[inputs.indexOf(leaf.name)]!;
    });
    return graph.apply('v128.bitselect', tensors[k]!, next, none);
  });
  const befores = [...tensors.slice(0, states), ...planes, ...zeros];
  const afters = [...after, ...pulse.planes, pulse.bit, pulse.number];
  const carried = befores.map((before, k) => ({ before, after: afters[k]! }));
  return { graph, order: needed(graph, afters), carried, operand: (index) => operands[index]! };
} // prettier-ignore

/** The numbers of each stream of `pulseNoise` by the names of their leaves. */
function noiseOf(
  graph: Graph,
  program: PulseProgram,
  half: Half,
  counter: number,
  keys: readonly (readonly number[])[],
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  pulseNoise(program).forEach(({ kind, stream }, k) => {
    const words = feistelWords(graph, counter, keys[k]!);
    const number = kind === 'normal' ? normalsOf(graph, ...words)[half] : uniformOf(graph, words[half]);
    numbers.set(`${kind}:${stream}`, number);
  });
  return numbers;
}

/** Four times the group of 8 and the weight in its half, of a word's place 8 · group + weight. */
function deviceOf(graph: Graph, word: number): number {
  const place = graph.apply('v128.and', word, graph.bits(0xffff));
  const group = graph.shift('i32x4.shl', graph.shift('i32x4.shr_u', place, 3), 2);
  return graph.apply('v128.or', group, graph.apply('v128.and', place, graph.bits(3)));
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
