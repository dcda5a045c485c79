import type * as tf from '@tensorflow/tfjs';
import { pulseInputs, type DrawKey, type PulseProgram, type PulsedUpdateAttributes } from '@txsim/ops'; // prettier-ignore
import { compilePulse, type PulseRun } from '../../emitter/pulse-loop.js';
import { kernelConfig } from '../arguments.js';
import type { Heap } from '../heap.js';
import { copyRows, isWhole, paddedBytes } from './tile-rows.js';
import { stretches, TurnedTrains } from './turned-trains.js';

/** Entries that are made at a time (a group of 8 weights may need 992), and groups. */
const ENTRIES = 1504;
const GROUPS = 512;
const ENTRY = 64;
const PLANES = 160;

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

/** The pulses of one stretch of samples on one tile after another. */
class Pulses {
  readonly #counts: number;
  readonly #entries: number;
  readonly #planes: number;
  readonly #noise: readonly number[];
  readonly #table: number;

  constructor(
    readonly heap: Heap,
    readonly run: PulseRun,
    readonly trains: TurnedTrains,
    readonly operands: number,
    streams: number,
  ) {
    this.#counts = heap.scratch(4 * GROUPS, 'counts');
    this.#entries = heap.scratch(ENTRY * ENTRIES, 'entries');
    this.#planes = heap.scratch(PLANES, 'planes');
    const noise = heap.scratch(ENTRY * ENTRIES * streams, 'pulse noise');
    this.#noise = Array.from({ length: streams }, (_, k) => noise + ENTRY * ENTRIES * k);
    this.#table = heap.scratch(4 * (operands + streams), 'pulse operands');
  }

  /**
   * @param pointers of each operand's tile
   * @param first the tile's first group among all of the plane, for the noise
   * @param cells groups of a plane
   */
  tile(r: number, c: number, pointers: readonly number[], keys: readonly DrawKey[], first: number, cells: number): void {
    const { heap, trains } = this;
    const { kernels } = heap;
    const { groups, grid } = trains;
    const line = r * grid.rows - (grid.tileRows * grid.rows - grid.inputs);
    const end = grid.rows * groups;
    let cursor = Math.min(end, Math.max(0, -line) * groups);
    while (cursor < end) {
      const until = Math.min(end, cursor + GROUPS);
      const next = kernels.listPulses(groups, trains.rows, line, trains.column(c), cursor, until, ENTRIES, this.#counts, this.#entries, heap.pulseConstants, this.#planes);
      keys.forEach(({ kind, words: [k0, k1, k2, k3] }, k) =>
        kernels.pulseNumbers(kind, k0, k1, k2, k3, cells, first + cursor, next - cursor, this.#counts, this.#entries, this.#noise[k]!, heap.normalConstants, heap.pulseConstants),
      );
      heap.write(this.#table, [...pointers.map((p) => p + 32 * cursor), ...this.#noise]);
      this.run(next - cursor, this.#counts, this.#entries, this.#table);
      cursor = next;
    }
  } // prettier-ignore
}

/** `pulsedUpdate` of @txsim/ops: 32 samples at a time, tile after tile, in place on copies of the state. */
export const pulsedUpdate = kernelConfig<Inputs, PulsedUpdateAttributes>('TxPulsedUpdate', (heap, inputs, attributes) => {
  const { program, grid, firstSample, keys } = attributes;
  const { tileRows, tileColumns, rows, columns } = grid;
  const names = pulseInputs(program);
  const outputs = program.state.map((name) => heap.copy(inputs[name]!));
  const planes = names.map((name, k) => heap.pointer(outputs[k] ?? inputs[name]!));
  const trains = new TurnedTrains(heap, grid);
  const pulses = new Pulses(heap, compiled(heap, program), trains, names.length, keys[0]?.length ?? 0);
  const [x, d] = [heap.pointer(inputs['trains:x']!, 'int32'), heap.pointer(inputs['trains:d']!, 'int32')];
  const whole = isWhole(columns);
  const bytes = paddedBytes(rows, columns);
  const staged = whole ? 0 : heap.scratch(bytes * names.length, 'tile rows');
  const groups = rows * trains.groups;
  stretches(firstSample, inputs['trains:x']!.shape[0]!).forEach((stretch, block) => {
    trains.turn(x, d, stretch);
    for (let t = 0; t < tileRows * tileColumns; t++) {
      const tiles = planes.map((p) => p + 4 * t * rows * columns);
      const work = whole ? tiles : tiles.map((_, k) => staged + k * bytes);
      if (!whole) tiles.forEach((from, k) => copyRows(heap, rows, columns, from, work[k]!, 'in'));
      const at = t * groups;
      pulses.tile(Math.floor(t / tileColumns), t % tileColumns, work, keys[block]!, at, tileRows * tileColumns * groups);
      if (!whole) outputs.forEach((_, k) => copyRows(heap, rows, columns, tiles[k]!, work[k]!, 'out'));
    }
  });
  return outputs;
}); // prettier-ignore
