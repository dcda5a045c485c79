import type * as tf from '@tensorflow/tfjs';
import { pulseInputs, rowOffset, type PulseProgram, type PulsedUpdateAttributes } from '@txsim/ops';
import { compilePulse, type PulseRun } from '../../emitter/pulse-loop.js';
import { kernelConfig } from '../arguments.js';
import type { Heap } from '../heap.js';
import { copyRows, isWhole, paddedBytes } from './tile-rows.js';
import { stretches, TurnedTrains } from './turned-trains.js';

/** Entries that are listed at a time (a group of 8 weights may need 992), and groups. */
const ENTRIES = 1504;
const GROUPS = 512;
const ENTRY = 64;
/** Bytes of the planes of eight numbers, of a list of slots, and of constants. */
const PLANES = 304;

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

const runs = new WeakMap<Heap, WeakMap<PulseProgram, PulseRun>>();

/** The compiled program; found by identity, so that a step pays for one look-up. */
function compiled(heap: Heap, program: PulseProgram): PulseRun {
  let known = runs.get(heap);
  if (!known) runs.set(heap, (known = new WeakMap()));
  let run = known.get(program);
  if (!run) known.set(program, (run = compilePulse(program, heap.memory)));
  return run;
}

/** The pulses of a stretch of samples, on one tile after another. */
class Pulses {
  readonly #counts: number;
  readonly #entries: number;
  readonly #planes: number;
  readonly #table: number;

  constructor(
    readonly heap: Heap,
    readonly run: PulseRun,
    readonly trains: TurnedTrains,
    fields: number,
  ) {
    this.#counts = heap.scratch(16 * GROUPS, 'counts');
    this.#entries = heap.scratch(ENTRY * ENTRIES, 'entries');
    this.#planes = heap.scratch(PLANES, 'planes');
    this.#table = heap.scratch(4 * fields, 'pulse operands');
  }

  /**
   * @param t the tile's number
   * @param pointers of each operand's tile
   * @param keys words of the noise streams' keys
   */
  tile(t: number, pointers: readonly number[], keys: readonly number[]): void {
    const { heap, trains } = this;
    const { groups, grid } = trains;
    const line = Math.floor(t / grid.tileColumns) * grid.rows - rowOffset(grid);
    const end = grid.rows * groups;
    const cells = grid.tileRows * grid.tileColumns * end;
    const [columns, joined] = [trains.column(t % grid.tileColumns), trains.joined(t % grid.tileColumns)];
    let cursor = Math.min(end, Math.max(0, -line) * groups);
    while (cursor < end) {
      const until = Math.min(end, cursor + GROUPS);
      const next = heap.kernels.listPulses(groups, trains.rows, trains.lines, line, columns, joined, cursor, until, cells, t * end, ENTRIES, this.#counts, this.#entries, this.#planes); // prettier-ignore
      heap.write(this.#table, [...pointers.map((p) => p + 32 * cursor), ...keys]);
      this.run(next - cursor, this.#counts, this.#entries, this.#table);
      cursor = next;
    }
  }
}

/** `pulsedUpdate` of @txsim/ops: 32 samples at a time, tile after tile, in place on copies of the state. */
export const pulsedUpdate = kernelConfig<Inputs, PulsedUpdateAttributes>('TxPulsedUpdate', (heap, inputs, attributes) => {
  const { program, grid, firstSample, keys } = attributes;
  const { tileRows, tileColumns, rows, columns } = grid;
  const names = pulseInputs(program);
  const outputs = program.state.map((name) => heap.copy(inputs[name]!));
  const planes = names.map((name, k) => heap.pointer(outputs[k] ?? inputs[name]!));
  const trains = new TurnedTrains(heap, grid);
  const pulses = new Pulses(heap, compiled(heap, program), trains, names.length + 4 * (keys[0]?.length ?? 0));
  const [x, d] = [heap.pointer(inputs['trains:x']!, 'int32'), heap.pointer(inputs['trains:d']!, 'int32')];
  const whole = isWhole(columns);
  const bytes = paddedBytes(rows, columns);
  const staged = whole ? 0 : heap.scratch(bytes * names.length, 'tile rows');
  stretches(firstSample, inputs['trains:x']!.shape[0]!).forEach((stretch, block) => {
    trains.turn(x, d, stretch);
    const words = keys[block]!.flatMap((key) => [...key.words]);
    for (let t = 0; t < tileRows * tileColumns; t++) {
      const tiles = planes.map((p) => p + 4 * t * rows * columns);
      const work = whole ? tiles : tiles.map((_, k) => staged + k * bytes);
      if (!whole) tiles.forEach((from, k) => copyRows(heap, rows, columns, from, work[k]!, 'in'));
      pulses.tile(t, work, words);
      if (!whole) outputs.forEach((_, k) => copyRows(heap, rows, columns, tiles[k]!, work[k]!, 'out'));
    }
  });
  return outputs;
}); // prettier-ignore
