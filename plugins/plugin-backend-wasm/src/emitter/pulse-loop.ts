import { pulseInputs, pulseNoise, UP, type PulseProgram } from '@txsim/ops';
import { signed, unsigned } from './bytes.js';
import { leafId } from './compile.js';
import { Graph, Level, type Value } from './graph.js';
import type { Body } from './loop.js';
import { lower } from './lower.js';
import { moduleOf } from './module.js';
import { code, simd, type SimdInstruction } from './opcodes.js';
import { schedule } from './schedule.js';

/**
 * run(groups, counts, entries, table): the pulses that `listPulses` and `pulseNumbers` made, on 8 devices per group. The
 * table has a pointer for each tensor of `pulseInputs`, then for each noise of `pulseNoise`. The state is changed in
 * place: nothing but these kernels may have seen it.
 */
export type PulseRun = (groups: number, counts: number, entries: number, table: number) => void;

/** Parameters of the function, in order; then locals for the table's pointers and for the entries that are left. */
const GROUPS = 0;
const COUNTS = 1;
const ENTRIES = 2;
const TABLE = 3;
const PARAMETERS = 4;

/** Bytes from entry to entry, and of eight devices. */
const ENTRY = 64;
const EIGHT = 32;

const get = (local: number): number[] => [code.localGet, ...unsigned(local)];
const set = (local: number): number[] => [code.localSet, ...unsigned(local)];
const integer = (value: number): number[] => [code.i32Const, ...signed(value)];
const vectorOp = (name: SimdInstruction): number[] => [code.simdPrefix, ...unsigned(simd[name])];
const increase = (local: number, by: number): number[] => [
  ...get(local),
  ...integer(by),
  code.i32Add,
  ...set(local),
];
/** Alignment 2² bytes. */
const access = (name: SimdInstruction, offset: number): number[] => [...vectorOp(name), 2, ...unsigned(offset)]; // prettier-ignore

/** The two vectors of a group go through the pulses side by side, each instruction for both in turn. */
const HALVES = [0, 1] as const;

class PulseLoop {
  readonly #graph = new Graph();
  readonly #roots: readonly number[];
  readonly #order: readonly number[];
  readonly #operands: number;
  readonly #states: number;
  readonly #inputs: number;

  constructor(program: PulseProgram) {
    const inputs = pulseInputs(program);
    const ids = [
      ...inputs.map((name) => `input:${name}`),
      ...pulseNoise(program).map((s) => `${s.kind}:${s.stream}`),
    ];
    this.#states = program.state.length;
    this.#inputs = inputs.length;
    this.#operands = ids.length;
    const graph = this.#graph;
    const state = program.state.map((_, k) => graph.operand(k, Level.element));
    const direction = graph.operand(ids.length, Level.element);
    const zero = graph.constant(0);
    const up = graph.apply('v128.and', graph.apply('f32x4.gt', direction, zero), graph.constant(1));
    const gets = graph.apply('f32x4.ne', direction, zero);
    this.#roots = program.next.map((expression, k) => {
      const next = lower(graph, expression, (leaf) => {
        if (leaf.op === 'input' && leaf.name === UP) return up;
        const index = ids.indexOf(leafId(leaf));
        const changes = index < this.#states || index >= this.#inputs;
        return graph.operand(index, changes ? Level.element : Level.row);
      });
      return graph.apply('v128.bitselect', next, state[k]!, gets);
    });
    this.#order = schedule(graph);
  }

  build(): Body {
    const bytes = [
      ...this.#readTable(),
      ...this.#values(Level.constant),
      ...[code.block, code.empty, code.loop, code.empty],
      ...[...get(GROUPS), code.i32Eqz, code.brIf, 1],
      ...HALVES.flatMap((half) => this.#loadState(half)),
      ...this.#values(Level.row),
      ...[...get(COUNTS), code.i32Load, 2, 0, ...set(this.#left)],
      ...this.#entries(),
      ...HALVES.flatMap((half) => this.#storeState(half)),
      ...this.#inputPointers().flatMap((local) => increase(local, EIGHT)),
      ...increase(COUNTS, 4),
      ...increase(GROUPS, -1),
      ...[code.br, 0, code.end, code.end],
      code.end,
    ];
    return { i32s: this.#operands + 1, v128s: 2 * this.#graph.values.length, bytes };
  }

  get #left(): number {
    return PARAMETERS + this.#operands;
  }

  /** The local of a value; what never changes is there once. */
  #local(id: number, half: 0 | 1): number {
    const { values } = this.#graph;
    const own = values[id]!.level === Level.constant ? 0 : half;
    return this.#left + 1 + own * values.length + id;
  }

  #readTable(): number[] {
    const pointers = Array.from({ length: this.#operands }, (_, k) => k);
    return pointers.flatMap((k) => [...get(TABLE), code.i32Load, 2, ...unsigned(4 * k), ...set(PARAMETERS + k)]); // prettier-ignore
  }

  #inputPointers(): number[] {
    return Array.from({ length: this.#inputs }, (_, k) => PARAMETERS + k);
  }

  #stateLocal(k: number, half: 0 | 1): number {
    return this.#local(this.#graph.operand(k, Level.element), half);
  }

  #loadState(half: 0 | 1): number[] {
    return Array.from({ length: this.#states }, (_, k) => [
      ...get(PARAMETERS + k),
      ...access('v128.load', 16 * half),
      ...set(this.#stateLocal(k, half)),
    ]).flat();
  }

  #storeState(half: 0 | 1): number[] {
    return Array.from({ length: this.#states }, (_, k) => [
      ...get(PARAMETERS + k),
      ...get(this.#stateLocal(k, half)),
      ...access('v128.store', 16 * half),
    ]).flat();
  }

  /** while (left > 0) one entry */
  #entries(): number[] {
    const noise = Array.from({ length: this.#operands - this.#inputs }, (_, k) => PARAMETERS + this.#inputs + k); // prettier-ignore
    const replace = (half: 0 | 1): number[] => [
      ...this.#roots.flatMap((root) => get(this.#local(root, half))),
      ...this.#roots.map((_, k) => set(this.#stateLocal(k, half))).reverse().flat(), // prettier-ignore
    ];
    return [
      ...[...get(this.#left), code.if, code.empty, code.loop, code.empty],
      ...this.#values(Level.element),
      ...HALVES.flatMap(replace),
      ...[ENTRIES, ...noise].flatMap((local) => increase(local, ENTRY)),
      ...increase(this.#left, -1),
      ...[...get(this.#left), code.brIf, 0, code.end, code.end],
    ];
  }

  #values(level: Level): number[] {
    const halves = level === Level.constant ? ([0] as const) : HALVES;
    return this.#order.flatMap((id) => {
      const value = this.#graph.values[id]!;
      const isState = value.instruction === 'operand' && value.immediate[0]! < this.#states;
      if (value.level !== level || isState) return [];
      return halves.flatMap((half) => [...this.#make(value, half), ...set(this.#local(id, half))]);
    });
  }

  #make(value: Value, half: 0 | 1): number[] {
    if (value.instruction === 'operand') {
      const index = value.immediate[0]!;
      const from = index === this.#operands ? ENTRIES : PARAMETERS + index;
      return [...get(from), ...access('v128.load', 16 * half)];
    }
    const from = value.from.flatMap((id) => get(this.#local(id, half)));
    const shift = value.instruction === 'i32x4.shl' || value.instruction === 'i32x4.shr_s';
    if (shift) return [...from, ...integer(value.immediate[0]!), ...vectorOp(value.instruction)];
    return [...from, ...vectorOp(value.instruction), ...value.immediate];
  }
}

/** Compiles what one pulse does. */
export function compilePulse(program: PulseProgram, memory: WebAssembly.Memory): PulseRun {
  const module = new WebAssembly.Module(moduleOf(new PulseLoop(program).build(), PARAMETERS));
  return new WebAssembly.Instance(module, { env: { memory } }).exports.run as PulseRun;
}
