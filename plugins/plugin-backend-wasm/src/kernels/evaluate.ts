import type * as tf from '@tensorflow/tfjs';
import type { EvaluateAttributes } from '@txsim/ops';
import { kernelConfig, sizeOf } from './arguments.js';
import type { Walk } from './broadcast.js';
import type { Heap } from './heap.js';
import { prepared, type Plan, type Prepared } from './plan.js';

/** Elements of noise that are drawn at a time; they are used while they are still in the cache. */
const CHUNK = 4096;

/** Bytes that the generator needs for numbers of which only a part is wanted. */
const SPARE = 128;

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** Where every operand stands in the outer loops, in floats from its start; the last outer dimension runs fastest. */
function* positions(outer: readonly number[], walks: readonly Walk[]): Generator<readonly number[]> {
  const at = outer.map(() => 0);
  const position = walks.map(() => 0);
  for (;;) {
    yield position;
    let d = outer.length - 1;
    for (; d >= 0; d--) {
      at[d]!++;
      walks.forEach((w, k) => (position[k]! += w.outer[d]!));
      if (at[d]! < outer[d]!) break;
      walks.forEach((w, k) => (position[k]! -= at[d]! * w.outer[d]!));
      at[d] = 0;
    }
    if (d < 0) return;
  }
}

/** One evaluation: its plan, its noise and where everything lies. */
class Evaluation {
  readonly #heap: Heap;
  readonly #plan: Plan;
  readonly #noise: Prepared['noise'];
  readonly #attributes: EvaluateAttributes;
  readonly #spare: number;
  #element = 0;
  #out: number;

  constructor(heap: Heap, { noise }: Prepared, plan: Plan, attributes: EvaluateAttributes, out: number) {
    this.#heap = heap;
    this.#plan = plan;
    this.#noise = noise;
    this.#attributes = attributes;
    this.#out = out;
    this.#spare = heap.scratch(SPARE + 4 * CHUNK * noise.length);
  }

  /** All rows at one position of the outer loops, in pieces of at most CHUNK elements if there is noise. */
  block(pointers: readonly number[]): void {
    const { rows, length } = this.#plan.loops;
    if (this.#noise.length === 0) this.#piece(rows, length, 0, 0, pointers);
    else if (length > CHUNK) {
      for (let row = 0; row < rows; row++) {
        for (let at = 0; at < length; at += CHUNK)
          this.#piece(1, Math.min(CHUNK, length - at), row, at, pointers);
      }
    } else {
      const together = Math.floor(CHUNK / length);
      for (let row = 0; row < rows; row += together) {
        this.#piece(Math.min(together, rows - row), length, row, 0, pointers);
      }
    }
  }

  #piece(rows: number, length: number, row: number, at: number, pointers: readonly number[]): void {
    const operands = this.#plan.loops.walks.flatMap((walk, k) => [
      pointers[k]! + 4 * (row * walk.row + at * walk.element),
      4 * walk.row,
    ]);
    const noise = this.#noise.flatMap((kind, k) => [this.#draw(kind, k, rows * length), 4 * length]);
    this.#plan.run(rows, length, this.#out, ...operands, ...noise);
    this.#element += rows * length;
    this.#out += 4 * rows * length;
  }

  #draw(kind: 0 | 1, k: number, count: number): number {
    const { keys, draw } = this.#attributes;
    const [key0, key1] = keys[k]!;
    const to = this.#spare + SPARE + 4 * CHUNK * k;
    this.#heap.kernels.fill(kind, key0, key1, draw >>> 0, Math.floor(draw / 2 ** 32), this.#element, count, to, this.#spare); // prettier-ignore
    return to;
  }
}

/** `evaluate` of @txsim/ops: the expression as a SIMD loop, compiled when it is first seen. */
export const evaluate = kernelConfig<Inputs, EvaluateAttributes>('TxEvaluate', (heap, inputs, attributes) => {
  const { expression, shape } = attributes;
  const known = prepared(expression, heap.compiler);
  const tensors = known.inputs.map((name) => inputs[name]!);
  const plan = known.plan(shape, tensors.map((t) => t.shape)); // prettier-ignore
  const starts = tensors.map((t) => heap.pointer(t));
  const out = heap.output(shape);
  if (sizeOf(shape) === 0) return out;
  const { outer, walks } = plan.loops;
  const evaluation = new Evaluation(heap, known, plan, attributes, heap.pointer(out));
  for (const position of positions(outer, walks)) {
    evaluation.block(starts.map((start, k) => start + 4 * position[k]!));
  }
  return out;
});
