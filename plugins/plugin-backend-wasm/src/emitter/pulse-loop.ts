import { pulseInputs, type PulseProgram } from '@txsim/ops';
import { unsigned } from './bytes.js';
import { Level, type Value } from './graph.js';
import { abreast, type Body } from './loop.js';
import { access, get, increase, integer, set, vectorOp } from './instructions.js';
import { moduleOf } from './module.js';
import { code } from './opcodes.js';
import { pulseGraph, type Half, type PulseGraph } from './pulse-graph.js';

/**
 * run(weights, list, planes, table): the pulses of the weights that `listWeights` listed, some vectors at a time. The table
 * has a pointer for each tensor of `pulseInputs`, to the first weight of the planes; then stride and origin of counters, so
 * that that of event e of weight j of a half of group g is e · stride + origin + 4g + j; then the four words of a key for
 * each of `pulseNoise`. The state is changed in place: nothing but these kernels may have seen it.
 */
export type PulseRun = (weights: number, list: number, planes: number, table: number) => void;

/** Parameters of the function, in order; then locals for the table's pointers. */
const WEIGHTS = 0;
const LIST = 1;
const PLANES = 2;
const TABLE = 3;
const PARAMETERS = 4;

/**
 * Groups of 8 weights that are listed at a time, and bytes from one plane of them to the next, as `assembly/pulses/list.ts`
 * has them.
 */
export const CHUNK = 256;
export const APART = 32 * CHUNK + 192;

/** Weights that have at most so many pulses have zeros in all but the first planes. */
const FEW = 3;
const FIRST_PLANES = 2;

const LANES = [0, 1, 2, 3] as const;
/** Alignments of loads. */
const SHORT = 1;
const INTEGER = 2;

class PulseLoop {
  readonly #pulse: PulseGraph;
  readonly #inputs: number;
  /** Vectors that go through the loop side by side. */
  readonly #vectors: readonly number[];
  /** Locals: where each of their weights lies, the pulses that are left of the one with most, the first value. */
  readonly #places: number;
  readonly #left: number;
  readonly #firstValue: number;

  constructor(program: PulseProgram, half: Half) {
    this.#pulse = pulseGraph(program, half);
    this.#inputs = pulseInputs(program).length;
    this.#vectors = Array.from({ length: abreast(this.#pulse.graph.values.length) }, (_, v) => v);
    this.#places = PARAMETERS + this.#inputs;
    this.#left = this.#places + 4 * this.#vectors.length;
    this.#firstValue = this.#left + 1;
  }

  build(): Body {
    const pointers = Array.from({ length: this.#inputs }, (_, k) => k);
    const bytes = [
      ...pointers.flatMap((k) => [...get(TABLE), code.i32Load, INTEGER, ...unsigned(4 * k), ...set(PARAMETERS + k)]),
      ...this.#values(Level.constant, [0]),
      ...[code.block, code.empty, code.loop, code.empty],
      ...[...integer(0), ...get(WEIGHTS), code.i32GeS, code.brIf, 1],
      ...this.#readList(),
      ...this.#carriedIn(),
      ...this.#values(Level.row),
      ...[code.loop, code.empty],
      ...this.#values(Level.element),
      ...this.#vectors.flatMap((v) => this.#replace(v)),
      ...increase(this.#left, -1),
      ...[...get(this.#left), code.brIf, 0, code.end],
      ...this.#vectors.flatMap((v) => this.#storeState(v)),
      ...increase(LIST, 16 * this.#vectors.length),
      ...increase(WEIGHTS, -4 * this.#vectors.length),
      ...[code.br, 0, code.end, code.end],
      code.end,
    ]; // prettier-ignore
    return {
      i32s: this.#firstValue - PARAMETERS,
      v128s: this.#vectors.length * this.#pulse.graph.values.length,
      bytes,
    };
  }

  /** Where the weights lie, in bytes from the first one, and how many pulses the first of them has, which has most. */
  #readList(): number[] {
    const short = (at: number): number[] => [...get(LIST), code.i32Load16U, SHORT, ...unsigned(at)];
    const places = this.#vectors.flatMap((v) =>
      LANES.flatMap((l) => [
        ...short(4 * (4 * v + l)),
        ...[...integer(2), code.i32Shl],
        ...set(this.#place(v, l)),
      ]),
    );
    return [...places, ...short(2), ...set(this.#left)];
  }

  #carriedIn(): number[] {
    const first = (id: number): boolean => {
      const operand = this.#operand(id);
      return operand.kind !== 'plane' || operand.index < FIRST_PLANES;
    };
    const ids = this.#pulse.carried.map(({ before }) => before);
    const load = (id: number): number[] => this.#vectors.flatMap((v) => [...this.#load(id, v), ...set(this.#local(id, v))]);
    const others = ids.filter((id) => !first(id));
    return [
      ...ids.filter(first).flatMap(load),
      ...[...get(this.#left), ...integer(FEW), code.i32GtS, code.if, code.empty],
      ...others.flatMap(load),
      code.else,
      ...others.flatMap((id) => this.#vectors.flatMap((v) => [...ZERO, ...set(this.#local(id, v))])),
      code.end,
    ];
  } // prettier-ignore

  #replace(v: number): number[] {
    const { carried } = this.#pulse;
    const results = carried.flatMap(({ after }) => get(this.#local(after, v)));
    return [...results, ...[...carried].reverse().flatMap(({ before }) => set(this.#local(before, v)))];
  }

  #storeState(v: number): number[] {
    return this.#pulse.carried.flatMap(({ before }) => {
      const operand = this.#operand(before);
      if (operand.kind !== 'tensor') return [];
      return LANES.flatMap((l) => [
        ...get(PARAMETERS + operand.index),
        ...get(this.#place(v, l)),
        code.i32Add,
        ...get(this.#local(before, v)),
        ...access('v128.store32_lane'),
        l,
      ]);
    });
  }

  /** The values of a level, of all vectors in turn, so that none waits for its own results. */
  #values(level: Level, vectors = this.#vectors): number[] {
    const { graph, order, carried } = this.#pulse;
    return order
      .filter((id) => graph.values[id]!.level === level && !carried.some(({ before }) => before === id))
      .flatMap((id) => vectors.flatMap((v) => [...this.#make(id, v), ...set(this.#local(id, v))]));
  }

  #make(id: number, v: number): number[] {
    const value = this.#pulse.graph.values[id]!;
    if (value.instruction === 'operand') return this.#load(id, v);
    const from = value.from.flatMap((f) => get(this.#local(f, v)));
    const shift = value.instruction.startsWith('i32x4.sh');
    if (shift) return [...from, ...integer(value.immediate[0]!), ...vectorOp(value.instruction)];
    return [...from, ...vectorOp(value.instruction), ...value.immediate];
  }

  #load(id: number, v: number): number[] {
    const operand = this.#operand(id);
    switch (operand.kind) {
      case 'zero':
        return ZERO;
      case 'word':
        return [...get(LIST), ...access('v128.load', 16 * v)];
      case 'number':
        return [...get(TABLE), ...access('v128.load32_splat', 4 * (this.#inputs + operand.index))];
      case 'plane':
        return this.#gather(PLANES, v, APART * operand.index);
      case 'tensor':
        return this.#gather(PARAMETERS + operand.index, v, 0);
    }
  }

  /** What lies at the places of four weights, behind a pointer. */
  #gather(pointer: number, v: number, offset: number): number[] {
    const at = (l: number): number[] => [...get(pointer), ...get(this.#place(v, l)), code.i32Add];
    return [
      ...[...LANES].reverse().flatMap(at),
      ...access('v128.load32_zero', offset),
      ...LANES.slice(1).flatMap((l) => [...access('v128.load32_lane', offset), l]),
    ];
  }

  #place(v: number, lane: number): number {
    return this.#places + 4 * v + lane;
  }

  #operand(id: number) {
    return this.#pulse.operand((this.#pulse.graph.values[id] as Value).immediate[0]!);
  }

  /** The local of a value; what is the same for all weights has one. */
  #local(id: number, v: number): number {
    const { values } = this.#pulse.graph;
    return this.#firstValue + id + (values[id]!.level === Level.constant ? 0 : v * values.length);
  }
}

const ZERO: number[] = [...vectorOp('v128.const'), ...new Array<number>(16).fill(0)];

/** Compiles what one pulse does to weights of a half. */
export function compilePulse(program: PulseProgram, half: Half, memory: WebAssembly.Memory): PulseRun {
  const module = new WebAssembly.Module(moduleOf(new PulseLoop(program, half).build(), PARAMETERS));
  return new WebAssembly.Instance(module, { env: { memory } }).exports.run as PulseRun;
}
