import type * as tf from '@tensorflow/tfjs';
import { READ_INPUTS, type ReadAttributes, type Readout } from '@txsim/ops';
import type { Heap } from '../heap.js';
import { prepared } from '../plan.js';
import { runRows, type NoisyRun, type Operand } from '../rows.js';
import type { Lines, TileLines } from '../tiles/lines.js';
import { PackedTiles } from '../tiles/packed.js';

const { current, fullScale, driveNorm, deviceCurrentNorm } = READ_INPUTS;
const PER_ROW = [fullScale, driveNorm];

/** The matrices behind one ADC, ready to be read. */
interface Channel {
  readonly significance: number;
  readonly program: NoisyRun;
  /** What the program reads, for each group of tiles that are driven alike. */
  readonly operands: readonly (readonly Operand[])[];
  readonly results: readonly number[];
  readonly matrix: PackedTiles;
  readonly squares: PackedTiles | undefined;
}

/** Volts → currents of every tile → read noise, ADC → digital sum. */
export class Tiles {
  readonly #heap: Heap;
  readonly #lines: Lines;
  readonly #vectors: number;
  readonly #channels: readonly Channel[];
  readonly #asksForDriveNorm: boolean;
  readonly #asksForSquares: boolean;
  /** Memory for one tile's currents, the norms of its devices' currents, ‖V‖₂ of each group, and V². */
  readonly #currents: number;
  readonly #deviceNorms: number;
  readonly #driveNorms: number;
  readonly #squaredVolts: number;
  /** Bytes from the norms of a group to those of the next. */
  readonly #groupStep: number;

  /** @param together the most vectors of a call of `run` */
  constructor(
    heap: Heap,
    inputs: Readonly<Record<string, tf.TensorInfo>>,
    { grid, direction, readouts }: ReadAttributes,
    lines: Lines,
    vectors: number,
    together: number,
  ) {
    this.#heap = heap;
    this.#lines = lines;
    this.#vectors = vectors;
    const asked = readouts.flatMap(({ expression }) => prepared(expression, heap.compiler).inputs);
    this.#asksForDriveNorm = asked.includes(driveNorm);
    this.#asksForSquares = asked.includes(deviceCurrentNorm);
    const block = 4 * together * lines.sensedLength;
    this.#groupStep = 4 * together;
    const norms = this.#groupStep * lines.groups.length;
    const squared = this.#asksForSquares ? 4 * together * lines.inputs : 0;
    this.#currents = heap.scratch(2 * block + norms + squared, 'currents');
    this.#deviceNorms = this.#currents + block;
    this.#driveNorms = this.#deviceNorms + block;
    this.#squaredVolts = this.#driveNorms + norms;
    const once = vectors <= together;
    const pack = (name: string): PackedTiles => {
      const matrix = { g: heap.pointer(inputs[name]!), grid, lines, forward: direction === 'forward' };
      return new PackedTiles(heap, matrix, name, once);
    };
    const scale = heap.pointer(inputs['fullScale']!);
    this.#channels = readouts.map((readout, q) => this.#channel(readout, q, scale, pack));
  }

  /** Adds up what all tiles say of `count` vectors, the first of which is number `first`, in `target`. */
  run(volts: number, first: number, count: number, target: number): void {
    const { tiles, outputs, inputs, sensedLength } = this.#lines;
    const { kernels } = this.#heap;
    if (this.#asksForSquares) kernels.square(count * inputs, volts, this.#squaredVolts);
    if (this.#asksForDriveNorm) this.#norm(volts, count);
    for (const tile of tiles) {
      const { sensed } = tile;
      const from = this.#currents + 4 * sensed.skip;
      const to = target + 4 * sensed.from;
      this.#channels.forEach((channel, q) => {
        this.#convert(channel, tile, volts, first, count);
        // The first group of tiles meets every output first.
        const accumulate = +(tile.group + q > 0);
        kernels.addScaledRows(count, sensed.count, from, 4 * sensedLength, to, 4 * outputs, channel.significance, accumulate); // prettier-ignore
      });
    }
  }

  #channel(readout: Readout, q: number, scale: number, pack: (name: string) => PackedTiles): Channel {
    const { run, inputs } = prepared(readout.expression, this.#heap.compiler);
    const row = 4 * this.#lines.sensedLength;
    const places = (group: number): Record<string, Operand> => ({
      [current]: { pointer: this.#currents, row, element: 4 },
      [deviceCurrentNorm]: { pointer: this.#deviceNorms, row, element: 4 },
      [fullScale]: { pointer: scale, row: 0, element: 0 },
      [driveNorm]: { pointer: this.#driveNorms + this.#groupStep * group, row: 4, element: 0 },
    });
    return {
      significance: readout.significance,
      program: { run: run(PER_ROW), keys: readout.keys },
      operands: this.#lines.groups.map((_, group) => inputs.map((name) => places(group)[name]!)),
      results: [this.#currents],
      matrix: pack(`matrix${q}`),
      squares: inputs.includes(deviceCurrentNorm) ? pack(`squares${q}`) : undefined,
    };
  }

  /** ‖V‖₂ of what drives each group of tiles. */
  #norm(volts: number, count: number): void {
    const { inputs, groups } = this.#lines;
    groups.forEach(({ from, count: length }, group) => {
      const to = this.#driveNorms + this.#groupStep * group;
      this.#heap.kernels.rowNorms(count, length, volts + 4 * from, 4 * inputs, to);
    });
  }

  /** The converted currents of one tile, in place. */
  #convert(channel: Channel, tile: TileLines, volts: number, first: number, count: number): void {
    const { sensedLength } = this.#lines;
    const { program, operands, results, matrix, squares } = channel;
    matrix.multiply(tile, count, volts, this.#currents);
    if (squares) {
      squares.multiply(tile, count, this.#squaredVolts, this.#deviceNorms);
      this.#heap.kernels.squareRoot(count * sensedLength, this.#deviceNorms);
    }
    const element = (tile.index * this.#vectors + first) * sensedLength;
    runRows(this.#heap, program, count, sensedLength, results, operands[tile.group]!, element);
  }
}
