import type * as tf from '@tensorflow/tfjs';
import { pulseInputs, rowOffset, type PulseProgram, type PulsedUpdateAttributes } from '@txsim/ops';
import { APART, CHUNK, compilePulse, type PulseRun } from '../../emitter/pulse-loop.js';
import { kernelConfig } from '../arguments.js';
import type { Heap } from '../heap.js';
import { copyRows, isWhole, paddedBytes } from './tile-rows.js';
import { stretches, TurnedTrains } from './turned-trains.js';

/** Bytes of a list, of all planes, and of what `listWeights` needs to itself. */
const LIST = 16 * CHUNK + 64;
const PLANES = 6 * APART;
const WORKSPACE = 256 + 4096 + 2 * LIST;

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** What a pulse does to the first and to the last four weights of groups. */
type Runs = readonly [PulseRun, PulseRun];

const runs = new WeakMap<Heap, WeakMap<PulseProgram, Runs>>();

/** The compiled program; found by identity, so that a step pays for one look-up. */
function compiled(heap: Heap, program: PulseProgram): Runs {
  let known = runs.get(heap);
  if (!known) runs.set(heap, (known = new WeakMap()));
  let run = known.get(program);
  if (!run) {
    const { memory } = heap;
    known.set(program, (run = [compilePulse(program, 0, memory), compilePulse(program, 1, memory)]));
  }
  return run;
}

/** The pulses of a stretch of samples, on one tile after another. */
class Pulses {
  readonly #lists: number;
  readonly #planes: number;
  readonly #workspace: number;
  readonly #table: number;

  constructor(
    readonly heap: Heap,
    readonly runs: Runs,
    readonly trains: TurnedTrains,
    fields: number,
  ) {
    this.#lists = heap.scratch(2 * LIST, 'pulsed weights');
    this.#planes = heap.scratch(PLANES, 'numbers of pulses');
    this.#workspace = heap.scratch(WORKSPACE, 'listing');
    this.#table = heap.scratch(4 * (fields + 2), 'pulse operands');
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
    const stride = 4 * grid.tileRows * grid.tileColumns * end;
    const [columns, joined] = [trains.column(t % grid.tileColumns), trains.joined(t % grid.tileColumns)];
    for (let cursor = Math.min(end, Math.max(0, -line) * groups); cursor < end; cursor += CHUNK) {
      const until = Math.min(end, cursor + CHUNK);
      heap.kernels.listWeights(groups, trains.rows, trains.lines, line, columns, joined, trains.samples, cursor, until, this.#planes, this.#lists, this.#workspace); // prettier-ignore
      const listed = (half: number): number => heap.integers[(this.#lists + half * LIST) >> 2]!;
      if (listed(0) + listed(1) === 0) continue;
      heap.write(this.#table, [...pointers.map((p) => p + 32 * cursor), stride, 4 * (t * end + cursor), ...keys]); // prettier-ignore
      this.runs.forEach((run, half) => {
        const weights = listed(half);
        if (weights > 0) run(weights, this.#lists + half * LIST + 4, this.#planes, this.#table);
      });
    }
  }
}

/** `pulsedUpdate` of @txsim/ops: 32 samples at a time, tile after tile, in place on a state of its own. */
export const pulsedUpdate = kernelConfig<Inputs, PulsedUpdateAttributes>('TxPulsedUpdate', (heap, inputs, attributes) => {
  const { program, grid, firstSample, keys, spent } = attributes;
  const { tileRows, tileColumns, rows, columns } = grid;
  const names = pulseInputs(program);
  const outputs = program.state.map((name) => heap.own(inputs[name]!, spent));
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
