import { pulseInputs, type PulseProgram } from '@txsim/ops';
import { unsigned } from './bytes.js';
import { Level, type Value } from './graph.js';
import type { Body } from './loop.js';
import { access, get, increase, integer, set, vectorOp } from './instructions.js';
import { moduleOf } from './module.js';
import { code } from './opcodes.js';
import { pulseGraph, type Half, type PulseGraph } from './pulse-graph.js';

/**
 * run(groups, counts, entries, table): the pulses that `listPulses` listed, on 8 devices per group. The table has a
 * pointer for each tensor of `pulseInputs`, then the four words of a key for each of `pulseNoise`. The state is changed
 * in place: nothing but these kernels may have seen it.
 */
export type PulseRun = (groups: number, counts: number, entries: number, table: number) => void;

/** Parameters of the function, in order; then locals for the table's pointers and for the entries that are left. */
const GROUPS = 0;
const COUNTS = 1;
const ENTRIES = 2;
const TABLE = 3;
const PARAMETERS = 4;

/** Bytes from entry to entry, from the directions in it to the counters, and of eight devices. */
const ENTRY = 64;
const COUNTERS = 32;
const EIGHT = 32;
/** Bytes from the counts of a group to those of the next; see `listPulses`. */
const COUNT = 16;

const HALVES = [0, 1] as const;
/** a₀, b₀, a₁, b₁, …: both halves in turn, so that neither waits for its own results. */
const inTurn = (a: readonly number[][], b: readonly number[][]): number[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [...(a[i] ?? []), ...(b[i] ?? [])]).flat();

class PulseLoop {
  readonly #halves: readonly [PulseGraph, PulseGraph];
  readonly #inputs: number;

  constructor(program: PulseProgram) {
    this.#halves = [pulseGraph(program, 0), pulseGraph(program, 1)];
    this.#inputs = pulseInputs(program).length;
  }

  build(): Body {
    const pointers = Array.from({ length: this.#inputs }, (_, k) => PARAMETERS + k);
    const bytes = [
      ...pointers.flatMap((p, k) => [...get(TABLE), code.i32Load, 2, ...unsigned(4 * k), ...set(p)]),
      ...this.#values(Level.constant),
      ...[code.block, code.empty, code.loop, code.empty],
      ...[...get(GROUPS), code.i32Eqz, code.brIf, 1],
      ...[...get(COUNTS), code.i32Load, 2, 0, code.if, code.empty],
      ...HALVES.flatMap((half) => this.#loadState(half)),
      ...this.#values(Level.row),
      ...this.#entries(4, HALVES),
      ...this.#entries(8, [0]),
      ...this.#entries(12, [1]),
      ...HALVES.flatMap((half) => this.#storeState(half)),
      code.end,
      ...pointers.flatMap((local) => increase(local, EIGHT)),
      ...increase(COUNTS, COUNT),
      ...increase(GROUPS, -1),
      ...[code.br, 0, code.end, code.end],
      code.end,
    ]; // prettier-ignore
    const v128s = this.#halves.reduce((sum, { graph }) => sum + graph.values.length, 0);
    return { i32s: this.#inputs + 1, v128s, bytes };
  }

  get #left(): number {
    return PARAMETERS + this.#inputs;
  }

  #local(id: number, half: Half): number {
    return this.#left + 1 + (half === 0 ? 0 : this.#halves[0].graph.values.length) + id;
  }

  #loadState(half: Half): number[] {
    return this.#halves[half].before.flatMap((id, k) => [
      ...get(PARAMETERS + k),
      ...access('v128.load', 16 * half),
      ...set(this.#local(id, half)),
    ]);
  }

  #storeState(half: Half): number[] {
    return this.#halves[half].before.flatMap((id, k) => [
      ...get(PARAMETERS + k),
      ...get(this.#local(id, half)),
      ...access('v128.store', 16 * half),
    ]);
  }

  /** while (left > 0) one entry, in which these halves have pulses. @param at which of the group's counts says how many */
  #entries(at: number, halves: readonly Half[]): number[] {
    const replace = (half: Half): number[] => {
      const { before, after } = this.#halves[half];
      const results = after.flatMap((id) => get(this.#local(id, half)));
      return [...results, ...[...before].reverse().flatMap((id) => set(this.#local(id, half)))];
    };
    return [
      ...[...get(COUNTS), code.i32Load, 2, ...unsigned(at), ...set(this.#left)],
      ...[...get(this.#left), code.if, code.empty, code.loop, code.empty],
      ...this.#values(Level.element, halves),
      ...halves.flatMap(replace),
      ...increase(ENTRIES, ENTRY),
      ...increase(this.#left, -1),
      ...[...get(this.#left), code.brIf, 0, code.end, code.end],
    ];
  }

  #values(level: Level, halves: readonly Half[] = HALVES): number[] {
    const [a, b = []] = halves.map((half) => {
      const { graph, order, before } = this.#halves[half];
      const made = order.filter((id) => graph.values[id]!.level === level && !before.includes(id));
      return made.map((id) => [...this.#make(graph.values[id]!, half), ...set(this.#local(id, half))]);
    });
    return inTurn(a!, b);
  }

  #make(value: Value, half: Half): number[] {
    if (value.instruction === 'operand') return this.#load(value.immediate[0]!, half);
    const from = value.from.flatMap((id) => get(this.#local(id, half)));
    const shift = value.instruction.startsWith('i32x4.sh');
    if (shift) return [...from, ...integer(value.immediate[0]!), ...vectorOp(value.instruction)];
    return [...from, ...vectorOp(value.instruction), ...value.immediate];
  }

  #load(index: number, half: Half): number[] {
    const operand = this.#halves[half].operand(index);
    switch (operand.kind) {
      case 'direction':
        return [...get(ENTRIES), ...access('v128.load', 16 * half)];
      case 'counter':
        return [...get(ENTRIES), ...access('v128.load', COUNTERS + 16 * half)];
      case 'key':
        return [...get(TABLE), ...access('v128.load32_splat', 4 * (operand.index - 2))];
      default:
        return [...get(PARAMETERS + operand.index), ...access('v128.load', 16 * half)];
    }
  }
}

/** Compiles what one pulse does. */
export function compilePulse(program: PulseProgram, memory: WebAssembly.Memory): PulseRun {
  const module = new WebAssembly.Module(moduleOf(new PulseLoop(program).build(), PARAMETERS));
  return new WebAssembly.Instance(module, { env: { memory } }).exports.run as PulseRun;
}
