import type { SimdInstruction } from './opcodes.js';

/** How often a value changes: never, once per row of elements, with every element. */
export enum Level {
  constant,
  row,
  element,
}

/** One SIMD value: what makes it, from which earlier values. */
export interface Value {
  readonly instruction: SimdInstruction | 'operand';
  readonly from: readonly number[];
  /** A shift count, an operand's number, the bytes of a constant, the lanes of a shuffle. */
  readonly immediate: readonly number[];
  readonly level: Level;
}

/**
 * A straight-line SIMD program in static single assignment form. Equal instructions on equal values are made once, so
 * common sub-expressions are shared however they were written.
 */
export class Graph {
  readonly values: Value[] = [];
  readonly #known = new Map<string, number>();
  readonly #constants = new Map<number, number>();

  /** The structure as text: equal for programs that compute the same with the same instructions. */
  key(roots: readonly number[]): string {
    return `${[...this.#known.keys()].join(';')}=${roots}`;
  }

  /** Input number `index`, one value per element or one per row. */
  operand(index: number, level: Level): number {
    return this.#add('operand', [], [index], level);
  }

  /** A float32 in all lanes. */
  constant(value: number): number {
    const id = this.#bytes(new Uint8Array(new Float32Array(4).fill(value).buffer));
    this.#constants.set(id, Math.fround(value));
    return id;
  }

  /** 32 bits in all lanes. */
  bits(value: number): number {
    return this.#bytes(new Uint8Array(new Int32Array(4).fill(value).buffer));
  }

  /** The number behind a `constant`, else undefined. */
  known(id: number): number | undefined {
    return this.#constants.get(id);
  }

  apply(instruction: SimdInstruction, ...from: number[]): number {
    return this.#add(instruction, from, [], this.#level(from));
  }

  shift(instruction: 'i32x4.shl' | 'i32x4.shr_s' | 'i32x4.shr_u', a: number, count: number): number {
    return this.#add(instruction, [a], [count], this.#level([a]));
  }

  /** Bytes of a (0–15) and b (16–31). */
  shuffle(a: number, b: number, lanes: readonly number[]): number {
    return this.#add('i8x16.shuffle', [a, b], lanes, this.#level([a, b]));
  }

  #bytes(bytes: Uint8Array): number {
    return this.#add('v128.const', [], [...bytes], Level.constant);
  }

  #level(from: readonly number[]): Level {
    return from.reduce((level, id) => Math.max(level, this.values[id]!.level), Level.constant);
  }

  #add(
    instruction: Value['instruction'],
    from: readonly number[],
    immediate: readonly number[],
    level: Level,
  ): number {
    const key = `${instruction} ${from.join()} ${immediate.join()} ${instruction === 'operand' ? level : ''}`;
    const found = this.#known.get(key);
    if (found !== undefined) return found;
    const id = this.values.push({ instruction, from, immediate, level }) - 1;
    this.#known.set(key, id);
    return id;
  }
}
