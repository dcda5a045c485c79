import type { DrawKey } from '@txsim/ops';
import type { Run } from '../emitter/compile.js';
import type { Heap } from './heap.js';

/** Elements of noise that are drawn at a time; they are used while they are still in the cache. */
const CHUNK = 4096;

/** Where an operand starts and by how much it moves, in bytes: from row to row, and from element to element. */
export interface Operand {
  readonly pointer: number;
  readonly row: number;
  readonly element: number;
}

/** Compiled expressions with the noise that they draw. */
export interface NoisyRun {
  readonly run: Run;
  readonly keys: readonly DrawKey[];
}

/**
 * Evaluates `rows` rows of `length` elements into contiguous results, in pieces of at most CHUNK elements where noise is
 * drawn.
 *
 * @param operands all but the noise, in the order of the compiled program
 * @param first the number of the first element within the draw
 */
export function runRows(
  heap: Heap,
  program: NoisyRun,
  rows: number,
  length: number,
  results: readonly number[],
  operands: readonly Operand[],
  first: number,
): void {
  const quiet = program.keys.length === 0;
  const width = quiet ? length : Math.min(length, CHUNK);
  const together = quiet ? rows : Math.max(1, Math.floor(CHUNK / length));
  for (let row = 0; row < rows; row += together) {
    const height = Math.min(together, rows - row);
    for (let at = 0; at < length; at += width) {
      const count = Math.min(width, length - at);
      const done = row * length + at;
      piece(heap, program, height, count, results, operands, row, at, done, first);
    }
  }
}

function piece(
  heap: Heap,
  { run, keys }: NoisyRun,
  rows: number,
  length: number,
  results: readonly number[],
  operands: readonly Operand[],
  row: number,
  at: number,
  done: number,
  first: number,
): void {
  const table = heap.scratch(4 * results.length + 8 * (operands.length + keys.length), 'places');
  const noise = keys.length === 0 ? 0 : heap.scratch(4 * CHUNK * keys.length, 'noise');
  const words = heap.integers;
  let w = table >> 2;
  for (const result of results) words[w++] = result + 4 * done;
  for (const operand of operands) {
    words[w++] = operand.pointer + row * operand.row + at * operand.element;
    words[w++] = operand.row;
  }
  for (let k = 0; k < keys.length; k++) {
    const to = noise + 4 * CHUNK * k;
    heap.fillRandom(keys[k]!, first + done, rows * length, to);
    words[w++] = to;
    words[w++] = 4 * length;
  }
  run(rows, length, table);
}
