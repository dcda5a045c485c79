import type * as tf from '@tensorflow/tfjs';
import type { EvaluateAllAttributes } from '@txsim/ops';
import { WORDS } from '../emitter/random/program.js';
import { sizeOf } from './arguments.js';
import type { Heap } from './heap.js';
import type { Plan } from './plan.js';

/** Elements that are evaluated together, so that they stay in the first-level cache. */
const TOGETHER = 1024;
const BYTES = 4 * TOGETHER;
/** Where more of the elements are busy than this, all are evaluated. */
const MOST = 0.25;

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** The elements in which something changes. */
interface BusyElements {
  /** Where their numbers lie. */
  readonly list: number;
  readonly count: number;
}

/** Undefined where nothing is known to stay as it is, much of it does not, or what tells of it is not of all elements. */
export function busyElements(
  heap: Heap,
  inputs: Inputs,
  still: EvaluateAllAttributes['still'],
  { offsets, rows, length }: Plan['loops'],
): BusyElements | undefined {
  if (!still || offsets.length > 1 || rows > 1) return undefined;
  const whole = (name: string): boolean =>
    inputs[name] !== undefined && sizeOf(inputs[name].shape) === length;
  if (![...still.states, ...still.requests].every(whole)) return undefined;
  const requests = heap.scratch(4 * still.requests.length, 'requests');
  const list = heap.scratch(4 * length + 4, 'busy elements');
  heap.write(requests, still.requests.map((name) => heap.pointer(inputs[name]!))); // prettier-ignore
  const count = heap.kernels.listElements(length, still.requests.length, requests, list);
  return count > MOST * length ? undefined : { list, count };
}

/**
 * Evaluates the busy elements into results that hold the states.
 *
 * @param tensors the operands, each of all elements or of one
 * @param results where they lie
 */
export function runBusy(
  heap: Heap,
  { loops: { walks }, run }: Plan,
  { keys }: Pick<EvaluateAllAttributes, 'keys'>,
  tensors: readonly number[],
  results: readonly number[],
  { list, count }: BusyElements,
): void {
  const { kernels } = heap;
  const quiet = results.length + tensors.length;
  const places = heap.scratch(BYTES * (quiet + WORDS.philox * keys.length), 'busy');
  const place = (k: number): number => places + BYTES * k;
  const noise = (k: number): number => place(quiet + WORDS.philox * k);
  const made = results.map((_, r) => place(r));
  const operands = [
    ...tensors.map((from, k) => (walks[k]!.element === 0 ? from : place(results.length + k))),
    ...keys.map((_, k) => noise(k)),
  ];
  const table = heap.scratch(4 * results.length + 8 * operands.length, 'places');
  heap.write(table, [...made, ...operands.flatMap((at) => [at, 0])]);
  for (let done = 0; done < count; done += TOGETHER) {
    const some = Math.min(TOGETHER, count - done);
    const listed = list + 4 * done;
    tensors.forEach((from, k) => {
      if (operands[k] !== from) kernels.gatherElements(some, listed, from, operands[k]!);
    });
    keys.forEach((key, k) => heap.fillRandomListed(key, some, listed, noise(k)));
    run(1, some, table);
    results.forEach((to, r) => kernels.scatterElements(some, listed, made[r]!, to));
  }
}
