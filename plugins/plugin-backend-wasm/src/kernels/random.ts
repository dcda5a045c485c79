import type { DrawKey, Generator, NoiseKind } from '@txsim/ops';
import type { Compiler, Run } from '../emitter/compile.js';
import { OPERANDS, randomProgram, WORDS } from '../emitter/random/program.js';
import type { Heap } from './heap.js';

/** Elements that are made at a time, so that they are still in the first-level cache for what follows. */
const STRETCH = 4096;

/** Elements that either generator makes as a whole. */
const GROUP = 16;

/** Where the parts of the generator's memory lie, in bytes. */
const INDEX = 0;
const KEY = INDEX + 4 * (STRETCH / WORDS.feistel);
const TABLE = KEY + 4 * (OPERANDS - 1);
const SPARE = TABLE + 4 * (WORDS.philox + 2 * OPERANDS);
const LISTED = SPARE + 4 * GROUP;
const BYTES = LISTED + 4 * (STRETCH / WORDS.feistel);

/** Fills memory with the numbers of draws, by programs that are compiled when they are first needed. */
export class RandomFill {
  readonly #heap: Heap;
  readonly #compiler: Compiler;
  readonly #at: number;
  readonly #programs = new Map<string, Run>();

  constructor(heap: Heap, compiler: Compiler) {
    this.#heap = heap;
    this.#compiler = compiler;
    this.#at = heap.scratch(BYTES, 'random');
    const numbers = Array.from({ length: STRETCH / WORDS.feistel }, (_, i) => i);
    heap.write(this.#at + INDEX, numbers);
  }

  /** Elements `first … first + count − 1` of a draw, to `out`. */
  run(key: DrawKey, first: number, count: number, out: number): void {
    while (count > 0) {
      const skip = first % GROUP;
      const whole = skip === 0 ? Math.min(count - (count % GROUP), STRETCH) : 0;
      const taken = whole || Math.min(count, GROUP - skip);
      if (whole > 0) this.#groups(key, first, whole, out);
      else this.#part(key, first - skip, skip, taken, out);
      first += taken;
      count -= taken;
      out += 4 * taken;
    }
  }

  /**
   * Listed elements, at most 2048 of them, each by its own counter.
   *
   * @param list their numbers within the draw
   * @param out room for all words of those counters; the elements come first
   */
  listed(key: DrawKey, count: number, list: number, out: number): void {
    const { kernels } = this.#heap;
    const shift = Math.log2(WORDS[key.generator]);
    const counters = this.#at + LISTED;
    kernels.countElements(count, list, shift, counters);
    this.#counted(key, counters, 0, count + (-count & 3), out);
    kernels.pickElements(count, list, shift, out, out);
  }

  /** Some elements of a group. */
  #part(key: DrawKey, group: number, skip: number, count: number, out: number): void {
    const spare = this.#at + SPARE;
    this.#groups(key, group, GROUP, spare);
    const { integers } = this.#heap;
    integers.copyWithin(out >> 2, (spare >> 2) + skip, (spare >> 2) + skip + count);
  }

  /** Whole groups. */
  #groups(key: DrawKey, first: number, count: number, out: number): void {
    const words = WORDS[key.generator];
    this.#counted(key, this.#at + INDEX, first / words, count / words, out);
  }

  /** What is made of some counters. @param index where they lie, less `base` */
  #counted(
    { generator, kind, words: key }: DrawKey,
    index: number,
    base: number,
    count: number,
    out: number,
  ): void {
    const run = this.#program(generator, kind);
    const { integers } = this.#heap;
    let at = (this.#at + KEY) >> 2;
    integers[at++] = base;
    for (const word of key) integers[at++] = word;
    for (let w = 0; w < WORDS[generator]; w++) integers[at++] = out + 16 * w;
    for (let k = 0; k < OPERANDS; k++) {
      integers[at++] = k === 0 ? index : this.#at + KEY + 4 * (k - 1);
      integers[at++] = 0;
    }
    run(1, count, this.#at + TABLE);
  }

  #program(generator: Generator, kind: NoiseKind): Run {
    const name = `${generator}${kind}`;
    let run = this.#programs.get(name);
    if (!run) {
      const { graph, roots } = randomProgram(generator, kind);
      run = this.#compiler.compileGraph(graph, roots, OPERANDS, 'interleaved');
      this.#programs.set(name, run);
    }
    return run;
  }
}
