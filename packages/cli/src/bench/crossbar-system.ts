import type { LineResistances } from '@txsim/ops';
import { SparseFactor, type SymmetricMatrix } from './sparse-factor.js';

/**
 * The nodal equations of a crossbar for a general solver, 2·M·N unknowns in the order of nested dissection: what parts two
 * halves of an array are the nodes of the lines that cross the cut.
 *
 * @param g [M·N] siemens
 */
export class CrossbarSystem {
  readonly #order: Int32Array;
  readonly #factor: SparseFactor;
  readonly #right: Float64Array;

  constructor(
    readonly rows: number,
    readonly columns: number,
    g: ArrayLike<number>,
    readonly lines: LineResistances,
  ) {
    this.#order = dissected(rows, columns);
    this.#factor = new SparseFactor(nodalMatrix(rows, columns, g, lines, this.#order));
    this.#right = new Float64Array(2 * rows * columns);
  }

  /** Currents [N] out of the bit lines for volts [M]. */
  currents(volts: ArrayLike<number>): Float64Array {
    const { rows, columns, lines } = this;
    this.#right.fill(0);
    for (let i = 0; i < rows; i++) this.#right[this.#order[2 * i * columns]!] = volts[i]! / lines.rowEnd;
    this.#factor.solve(this.#right);
    return Float64Array.from({ length: columns }, (_, j) => {
      const last = 2 * ((rows - 1) * columns + j) + 1;
      return this.#right[this.#order[last]!]! / lines.columnEnd;
    });
  }
}

/** The place of each node among the unknowns: 2k is the word-line node of cell k and 2k + 1 its bit-line node. */
function dissected(rows: number, columns: number): Int32Array {
  const order = new Int32Array(2 * rows * columns);
  let next = 0;
  const number = (node: number): void => void (order[node] = next++);
  const part = (top: number, bottom: number, left: number, right: number): void => {
    const [height, width] = [bottom - top, right - left];
    if (height <= 0 || width <= 0) return;
    if (width >= height) {
      const j = (left + right) >> 1;
      part(top, bottom, left, j);
      part(top, bottom, j + 1, right);
      for (let i = top; i < bottom; i++) number(2 * (i * columns + j) + 1);
      for (let i = top; i < bottom; i++) number(2 * (i * columns + j));
    } else {
      const i = (top + bottom) >> 1;
      part(top, i, left, right);
      part(i + 1, bottom, left, right);
      for (let j = left; j < right; j++) number(2 * (i * columns + j));
      for (let j = left; j < right; j++) number(2 * (i * columns + j) + 1);
    }
  };
  part(0, rows, 0, columns);
  return order;
}

function nodalMatrix(
  rows: number,
  columns: number,
  g: ArrayLike<number>,
  { row, column, rowEnd, columnEnd }: LineResistances,
  order: Int32Array,
): SymmetricMatrix {
  const size = order.length;
  const diagonal = new Float64Array(size);
  const above: [row: number, value: number][][] = Array.from({ length: size }, () => []);
  const join = (a: number, b: number, siemens: number): void => {
    const [low, high] = [Math.min(order[a]!, order[b]!), Math.max(order[a]!, order[b]!)];
    diagonal[low]! += siemens;
    diagonal[high]! += siemens;
    above[high]!.push([low, -siemens]);
  };
  for (let i = 0, k = 0; i < rows; i++) {
    diagonal[order[2 * k]!]! += 1 / rowEnd;
    for (let j = 0; j < columns; j++, k++) {
      join(2 * k, 2 * k + 1, g[k]!);
      if (j + 1 < columns) join(2 * k, 2 * k + 2, 1 / row);
      if (i + 1 < rows) join(2 * k + 1, 2 * (k + columns) + 1, 1 / column);
      else diagonal[order[2 * k + 1]!]! += 1 / columnEnd;
    }
  }
  const entries = above.map((column, k) => [...column, [k, diagonal[k]!] as const]);
  const starts = new Int32Array(size + 1);
  entries.forEach((column, k) => (starts[k + 1] = starts[k]! + column.length));
  const flat = entries.flat();
  return {
    size,
    starts,
    rows: Int32Array.from(flat, ([index]) => index),
    values: Float64Array.from(flat, ([, value]) => value),
  };
}
