import type * as tf from '@tensorflow/tfjs';
import type { EvaluateAllAttributes } from '@txsim/ops';
import { sizeOf } from './arguments.js';
import type { Heap } from './heap.js';
import type { Plan } from './plan.js';
import { runRows } from './rows.js';

/** Elements of a block: those that the random generators make as a whole. */
const BLOCK = 16;
/** Blocks that are evaluated together, so that they stay in the first-level cache. */
const TOGETHER = 128;
const BYTES = 4 * BLOCK * TOGETHER;
/** Where more of the blocks are busy than this, all are evaluated. */
const MOST = 0.6;

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** The blocks of the elements in which something changes. */
interface BusyBlocks {
  /** Where their numbers lie. */
  readonly list: number;
  readonly count: number;
}

/** Undefined where nothing is known to stay as it is, most of it does not, or what tells of it is not of all elements. */
export function busyBlocks(
  heap: Heap,
  inputs: Inputs,
  still: EvaluateAllAttributes['still'],
  { offsets, rows, length }: Plan['loops'],
): BusyBlocks | undefined {
  if (!still || offsets.length > 1 || rows > 1) return undefined;
  const whole = (name: string): boolean =>
    inputs[name] !== undefined && sizeOf(inputs[name].shape) === length;
  if (![...still.states, ...still.requests].every(whole)) return undefined;
  const blocks = Math.floor(length / BLOCK);
  const requests = heap.scratch(4 * still.requests.length, 'requests');
  const list = heap.scratch(4 * blocks + 4, 'busy blocks');
  heap.write(requests, still.requests.map((name) => heap.pointer(inputs[name]!))); // prettier-ignore
  const count = heap.kernels.listBlocks(blocks, still.requests.length, requests, list);
  return count > MOST * blocks ? undefined : { list, count };
}

/**
 * Evaluates the busy blocks, and the elements behind the last whole one, into results that hold the states.
 *
 * @param tensors the operands, each of all elements or of one
 * @param results where they lie
 */
export function runBlocks(
  heap: Heap,
  { loops: { length, walks }, run }: Plan,
  { keys }: Pick<EvaluateAllAttributes, 'keys'>,
  tensors: readonly number[],
  results: readonly number[],
  { list, count }: BusyBlocks,
): void {
  const { kernels } = heap;
  const places = heap.scratch(BYTES * (results.length + tensors.length + keys.length), 'blocks');
  const place = (k: number): number => places + BYTES * k;
  const table = heap.scratch(4 * results.length + 8 * (tensors.length + keys.length), 'places');
  for (let done = 0; done < count; done += TOGETHER) {
    const some = Math.min(TOGETHER, count - done);
    const listed = list + 4 * done;
    const operands = [
      ...tensors.map((from, k) => {
        if (walks[k]!.element === 0) return from;
        kernels.gatherBlocks(some, listed, from, place(results.length + k));
        return place(results.length + k);
      }),
      ...keys.map((key, k) => {
        const to = place(results.length + tensors.length + k);
        heap.fillRandomBlocks(key, some, listed, to);
        return to;
      }),
    ];
    heap.write(table, [...results.map((_, r) => place(r)), ...operands.flatMap((at) => [at, 0])]);
    run(1, BLOCK * some, table);
    results.forEach((to, r) => kernels.scatterBlocks(some, listed, place(r), to));
  }
  const rest = length % BLOCK;
  const first = length - rest;
  const operands = tensors.map((from, k) => {
    const { element } = walks[k]!;
    return { pointer: from + 4 * first * element, row: 0, element: 4 * element };
  });
  const ends = results.map((to) => to + 4 * first);
  if (rest > 0) runRows(heap, { run, keys }, 1, rest, ends, operands, first);
}
