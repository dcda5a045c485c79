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
  readonly readout: Readout;
  readonly program: NoisyRun;
  readonly asked: readonly string[];
  readonly matrix: PackedTiles;
  readonly squares: PackedTiles | undefined;
}

/** Volts → currents of every tile → read noise, ADC → digital sum. */
export class Tiles {
  readonly #heap: Heap;
  readonly #lines: Lines;
  readonly #vectors: number;
  readonly #together: number;
  readonly #channels: readonly Channel[];
  readonly #fullScale: number;
  readonly #currents: number;
  readonly #norms: number;
  readonly #squaredVolts: number;
  readonly #asksForDriveNorm: boolean;

  constructor(
    heap: Heap,
    inputs: Readonly<Record<string, tf.TensorInfo>>,
    { grid, direction, readouts }: ReadAttributes,
    lines: Lines,
    vectors: number,
    together: number,
  ) {
    const pack = (name: string): PackedTiles =>
      new PackedTiles(heap, heap.pointer(inputs[name]!), grid, lines, direction === 'forward', name);
    this.#heap = heap;
    this.#lines = lines;
    this.#vectors = vectors;
    this.#together = together;
    this.#channels = readouts.map((readout, q): Channel => {
      const { run, inputs: asked } = prepared(readout.expression, heap.compiler);
      const squares = asked.includes(deviceCurrentNorm) ? pack(`squares${q}`) : undefined;
      const program = { run: run(PER_ROW), keys: readout.keys };
      return { readout, program, asked, matrix: pack(`matrix${q}`), squares };
    });
    this.#fullScale = heap.pointer(inputs['fullScale']!);
    this.#asksForDriveNorm = this.#channels.some(({ asked }) => asked.includes(driveNorm));
    const block = 4 * together * lines.sensedLength;
    const needsSquares = this.#channels.some(({ squares }) => squares);
    const squared = needsSquares ? 4 * together * lines.inputs : 0;
    this.#currents = heap.scratch(2 * block + 4 * together * lines.groups.length + squared, 'currents');
    this.#norms = this.#currents + 2 * block;
    this.#squaredVolts = this.#norms + 4 * together * lines.groups.length;
  }

  /** Adds up what all tiles say of `count` vectors, the first of which is number `first`, in `target`. */
  run(volts: number, first: number, count: number, target: number): void {
    const { tiles, outputs, inputs } = this.#lines;
    const { kernels } = this.#heap;
    if (this.#channels.some(({ squares }) => squares))
      kernels.square(count * inputs, volts, this.#squaredVolts);
    if (this.#asksForDriveNorm) this.#norm(volts, count);
    const begun = new Set<number>();
    for (const tile of tiles) {
      const { sensed } = tile;
      for (const channel of this.#channels) {
        this.#convert(channel, tile, volts, first, count);
        if (sensed.count === 0) continue;
        const from = this.#currents + 4 * sensed.skip;
        const to = target + 4 * sensed.from;
        const strides = [4 * this.#lines.sensedLength, 4 * outputs] as const;
        kernels.addScaledRows(count, sensed.count, from, strides[0], to, strides[1], channel.readout.significance, +begun.has(sensed.from)); // prettier-ignore
        begun.add(sensed.from);
      }
    }
  }

  /** ‖V‖₂ of what drives each group of tiles. */
  #norm(volts: number, count: number): void {
    const { inputs, groups } = this.#lines;
    groups.forEach((driven, group) => {
      const to = this.#norms + 4 * this.#together * group;
      this.#heap.kernels.rowNorms(count, driven.count, volts + 4 * driven.from, 4 * inputs, to);
    });
  }

  /** The converted currents of one tile, in place. */
  #convert(channel: Channel, tile: TileLines, volts: number, first: number, count: number): void {
    const { sensedLength } = this.#lines;
    const { program, asked, matrix, squares } = channel;
    const currents = this.#currents;
    const norms = currents + 4 * this.#together * sensedLength;
    matrix.multiply(tile, count, volts, currents);
    if (squares) {
      squares.multiply(tile, count, this.#squaredVolts, norms);
      this.#heap.kernels.squareRoot(count * sensedLength, norms);
    }
    const places: Record<string, Operand> = {
      [current]: { pointer: currents, row: 4 * sensedLength, element: 4 },
      [deviceCurrentNorm]: { pointer: norms, row: 4 * sensedLength, element: 4 },
      [fullScale]: { pointer: this.#fullScale, row: 0, element: 0 },
      [driveNorm]: { pointer: this.#norms + 4 * this.#together * tile.group, row: 4, element: 0 },
    };
    const operands = asked.map((name) => places[name]!);
    const element = (tile.index * this.#vectors + first) * sensedLength;
    runRows(this.#heap, program, count, sensedLength, [currents], operands, element);
  }
}
