import { READ_INPUTS, SMALLEST_SCALE, type ReadAttributes } from '@txsim/ops';
import type { Heap } from '../heap.js';
import { prepared, type Prepared } from '../plan.js';
import { runRows } from '../rows.js';
import type { Lines } from '../tiles/lines.js';

const PER_VECTOR = [READ_INPUTS.scale];

/** Vectors → what drives the lines: scale, DAC, driver. */
export class Drive {
  /** The scale of each vector. */
  readonly scales: number;
  /** Bytes from one scale to the next: 0 where all vectors share one. */
  readonly scaleStep: number;

  readonly #heap: Heap;
  readonly #attributes: ReadAttributes;
  readonly #prepared: Prepared;
  readonly #volts: number;
  readonly #length: number;

  constructor(heap: Heap, attributes: ReadAttributes, { inputs }: Lines, together: number) {
    this.#heap = heap;
    this.#attributes = attributes;
    this.#length = inputs;
    this.#prepared = prepared(attributes.drive.expression, heap.compiler);
    this.scales = heap.scratch(4 * together * (1 + inputs), 'volts');
    this.#volts = this.scales + 4 * together;
    this.scaleStep = attributes.scale === 'absMax' ? 4 : 0;
    if (attributes.scale !== 'absMax') heap.floats[this.scales >> 2] = attributes.scale;
  }

  /** Volts of `count` vectors, the first of which is number `first`; they lie there until the next call. */
  run(vectors: number, first: number, count: number): number {
    const { drive, scale } = this.#attributes;
    const length = this.#length;
    if (scale === 'absMax') {
      this.#heap.kernels.rowMagnitudes(count, length, vectors, 4 * length, SMALLEST_SCALE, this.scales);
    }
    const program = { run: this.#prepared.run(PER_VECTOR), keys: drive.keys };
    const operands = this.#prepared.inputs.map((name) =>
      name === READ_INPUTS.lines
        ? { pointer: vectors, row: 4 * length, element: 4 }
        : { pointer: this.scales, row: this.scaleStep, element: 0 },
    );
    runRows(this.#heap, program, count, length, [this.#volts], operands, first * length);
    return this.#volts;
  }
}
