import type { Crossbar } from './crossbar.js';

/**
 * Every line of an array taken alone, as a ladder from its open end to the end where it is held.
 *
 * With y_k the conductance that a line shows at its k-th cell, looking away from its held end (the line on the other
 * side of the cells grounded):  y_k = G_k + t_k y_(k−1),  t_k = 1 / (1 + R y_(k−1)).
 * The voltage profile with 1 V behind the terminal resistance is 1 / (1 + R_end y_last) at the cell nearest the held
 * end and falls by t from cell to cell. Only sums and products of positive numbers: nothing cancels, however small G R
 * is, and nothing overflows.
 */
export interface LineLadders {
  readonly crossbar: Crossbar;
  /** In front of a word line's first cell: source + row, ohms. */
  readonly rowEnd: number;
  /** Behind a bit line's last cell: column + sink, ohms. */
  readonly columnEnd: number;
  /** [M·N] t of the segment from (i, j) to (i, j+1). */
  readonly rowTransfer: Float64Array;
  /** [M·N] t of the segment from (i, j) to (i−1, j). */
  readonly columnTransfer: Float64Array;
  /** [M·N] r: the part of a word line's voltage that its cell (i, j) sees when the bit lines are grounded. */
  readonly rowProfile: Float64Array;
  /** [M·N] c: the part of a cell current injected at (i, j) that arrives at the bit line's terminal, T_c G 1 = 1 − c. */
  readonly columnProfile: Float64Array;
  /** min r and min c; both are reached at an open end. */
  readonly rowMinimum: number;
  readonly columnMinimum: number;
  /** ρ_b = (1 − min r)(1 − min c), an upper bound of the coupling between the two sides; 0 when one side is ideal. */
  readonly severity: number;
}

interface Direction {
  readonly lines: number;
  readonly cells: number;
  /** Index of the cell at the open end of line 0. */
  readonly start: number;
  readonly lineStride: number;
  /** Step of the index towards the held end. */
  readonly cellStride: number;
  readonly segment: number;
  readonly end: number;
}

/** The ladders of both sides of an array. O(M N). */
export function lineLadders(crossbar: Crossbar): LineLadders {
  const { rows, columns, conductances, network } = crossbar;
  const rowEnd = network.source + network.row;
  const columnEnd = network.column + network.sink;
  const alongRows: Direction = {
    lines: rows,
    cells: columns,
    start: columns - 1,
    lineStride: columns,
    cellStride: -1,
    segment: network.row,
    end: rowEnd,
  };
  const alongColumns: Direction = {
    lines: columns,
    cells: rows,
    start: 0,
    lineStride: 1,
    cellStride: columns,
    segment: network.column,
    end: columnEnd,
  };
  const row = ladders(conductances, alongRows);
  const column = ladders(conductances, alongColumns);
  return {
    crossbar,
    rowEnd,
    columnEnd,
    rowTransfer: row.transfer,
    columnTransfer: column.transfer,
    rowProfile: row.profile,
    columnProfile: column.profile,
    rowMinimum: row.minimum,
    columnMinimum: column.minimum,
    severity: (1 - row.minimum) * (1 - column.minimum),
  };
}

function ladders(conductances: Float64Array, direction: Direction) {
  const { lines, cells, start, lineStride, cellStride, segment, end } = direction;
  const transfer = new Float64Array(conductances.length);
  const profile = new Float64Array(conductances.length);
  let minimum = 1;
  for (let line = 0; line < lines; line++) {
    let index = start + line * lineStride;
    let seen = 0;
    for (let cell = 0; cell < cells; cell++, index += cellStride) {
      const t = 1 / (1 + segment * seen);
      transfer[index] = t;
      seen = conductances[index]! + seen * t;
    }
    let voltage = 1 / (1 + end * seen);
    for (let cell = 0; cell < cells; cell++) {
      index -= cellStride;
      profile[index] = voltage;
      if (cell < cells - 1) voltage *= transfer[index]!;
    }
    minimum = Math.min(minimum, voltage);
  }
  return { transfer, profile, minimum };
}
