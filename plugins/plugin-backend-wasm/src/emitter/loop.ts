import { unsigned } from './bytes.js';
import { Level, type Graph } from './graph.js';
import { access, get, increase, integer, set, vectorOp } from './instructions.js';
import { code, type SimdInstruction } from './opcodes.js';
import { schedule } from './schedule.js';

/**
 * Parameters of the function: rows, n and a table of places: a pointer for each result, then a pointer and a row step for
 * each operand. The first locals hold what the table says.
 */
const ROWS = 0;
const LENGTH = 1;
const TABLE = 2;
export const PARAMETERS = 3;

export interface Body {
  readonly i32s: number;
  readonly v128s: number;
  readonly bytes: number[];
}

const upTo = (count: number, make: (i: number) => number[]): number[] =>
  Array.from({ length: count }, (_, i) => make(i)).flat();

const SHIFTS: ReadonlySet<string> = new Set(['i32x4.shl', 'i32x4.shr_s', 'i32x4.shr_u']);

/** Vectors that go through the main loop side by side, each instruction for all of them in turn. */
export const abreast = (values: number): number => (values > 200 ? 2 : 4);

/** Where several results go: each into memory of its own, or a vector of each in turn. */
export type Results = 'apart' | 'interleaved';

/**
 * The loop around a program: `rows` rows of `n` elements, each with a main loop over several vectors, one over single
 * vectors and one over the up to three elements left, which reads and writes single floats. Results are contiguous; interleaved ones are for whole vectors only.
 */
export class Loop {
  readonly #graph: Graph;
  readonly #roots: readonly number[];
  readonly #order: readonly number[];
  readonly #elements: readonly number[];
  readonly #count: number;
  readonly #cursors: number;
  readonly #vectors: number;
  readonly #operands: number;

  readonly #abreast: number;
  /** Bytes from a vector of a result to the next. */
  readonly #step: number;

  constructor(graph: Graph, roots: readonly number[], operands: number, results: Results) {
    this.#abreast = abreast(graph.values.length);
    this.#step = results === 'apart' ? 16 : 16 * roots.length;
    this.#graph = graph;
    this.#roots = roots;
    this.#operands = operands;
    this.#order = schedule(graph);
    this.#elements = graph.values.flatMap((v) =>
      v.instruction === 'operand' && v.level === Level.element ? [v.immediate[0]!] : [],
    );
    this.#count = PARAMETERS + roots.length + 2 * operands;
    this.#cursors = this.#count + 1;
    this.#vectors = this.#cursors + operands;
  }

  build(): Body {
    const bytes = [
      ...this.#readTable(),
      ...this.#values(Level.constant, 'v128.load'),
      ...[code.block, code.empty, code.loop, code.empty],
      ...[...get(ROWS), code.i32Eqz, code.brIf, 1],
      ...this.#values(Level.row, 'v128.load'),
      ...this.#startRow(),
      ...this.#lanes(this.#abreast),
      ...this.#lanes(1),
      ...this.#rest(),
      ...this.#endRow(),
      ...[code.br, 0, code.end, code.end],
      code.end,
    ];
    return {
      i32s: this.#roots.length + 1 + 3 * this.#operands,
      v128s: this.#abreast * this.#graph.values.length,
      bytes,
    };
  }

  #readTable(): number[] {
    const fields = Array.from({ length: this.#roots.length + 2 * this.#operands }, (_, k) => k);
    return fields.flatMap((k) => [
      ...get(TABLE),
      ...[code.i32Load, 2, ...unsigned(4 * k)],
      ...set(PARAMETERS + k),
    ]);
  }

  #startRow(): number[] {
    const cursors = this.#elements.flatMap((i) => [...get(this.#pointer(i)), ...set(this.#cursors + i)]);
    return [...get(LENGTH), ...set(this.#count), ...cursors];
  }

  #endRow(): number[] {
    const bytes: number[] = increase(ROWS, -1);
    for (let i = 0; i < this.#operands; i++) {
      bytes.push(
        ...get(this.#pointer(i)),
        ...get(this.#pointer(i) + 1),
        code.i32Add,
        ...set(this.#pointer(i)),
      );
    }
    return bytes;
  }

  /** while (count ≥ 4 · vectors) as many elements */
  #lanes(vectors: number): number[] {
    const enough = [...get(this.#count), ...integer(4 * vectors), code.i32GeS];
    return [
      ...[...enough, code.if, code.empty, code.loop, code.empty],
      ...this.#values(Level.element, 'v128.load', vectors),
      ...this.#store((v) => access('v128.store', this.#step * v), vectors),
      ...this.#advance(16 * vectors, this.#step * vectors),
      ...increase(this.#count, -4 * vectors),
      ...[...enough, code.brIf, 0, code.end, code.end],
    ];
  }

  /** while (count > 0) one element, in lane 0 */
  #rest(): number[] {
    const some = get(this.#count);
    return [
      ...[...some, code.if, code.empty, code.loop, code.empty],
      ...this.#values(Level.element, 'v128.load32_zero'),
      ...this.#store(() => [...access('v128.store32_lane'), 0], 1),
      ...this.#advance(4, 4),
      ...increase(this.#count, -1),
      ...[...some, code.brIf, 0, code.end, code.end],
    ];
  }

  #advance(bytes: number, resultBytes: number): number[] {
    const results = this.#roots.map((_, r) => increase(PARAMETERS + r, resultBytes));
    return [...results, ...this.#elements.map((i) => increase(this.#cursors + i, bytes))].flat();
  }

  #store(instruction: (vector: number) => readonly number[], vectors: number): number[] {
    return this.#roots.flatMap((root, r) =>
      upTo(vectors, (v) => [...get(PARAMETERS + r), ...get(this.#local(root, v)), ...instruction(v)]),
    );
  }

  /** The local that holds where operand i is; the next one holds its row step. */
  #pointer(i: number): number {
    return PARAMETERS + this.#roots.length + 2 * i;
  }

  /** The local that holds a value; what is the same for all elements has one. */
  #local(id: number, vector: number): number {
    const value = this.#graph.values[id]!;
    return this.#vectors + id + (value.level === Level.element ? vector * this.#graph.values.length : 0);
  }

  #values(level: Level, load: SimdInstruction, vectors = 1): number[] {
    return this.#order
      .filter((id) => this.#graph.values[id]!.level === level)
      .flatMap((id) => upTo(vectors, (v) => [...this.#make(id, load, v), ...set(this.#local(id, v))]));
  }

  #make(id: number, load: SimdInstruction, vector: number): number[] {
    const value = this.#graph.values[id]!;
    if (value.instruction === 'operand') {
      const index = value.immediate[0]!;
      if (value.level === Level.row) return [...get(this.#pointer(index)), ...access('v128.load32_splat')];
      return [...get(this.#cursors + index), ...access(load, 16 * vector)];
    }
    const from = value.from.flatMap((f) => get(this.#local(f, vector)));
    const shift = SHIFTS.has(value.instruction);
    if (shift) return [...from, ...integer(value.immediate[0]!), ...vectorOp(value.instruction)];
    return [...from, ...vectorOp(value.instruction), ...value.immediate];
  }
}
