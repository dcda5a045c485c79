import * as tf from '@tensorflow/tfjs';

/** Resistances of an array's lines, in ohms. */
export interface LineResistances {
  /** One segment of a word line, between neighbouring columns. */
  readonly row: number;
  /** One segment of a bit line, between neighbouring rows. */
  readonly column: number;
  /** All there is in front of a word line's first cell: source (or sink) plus the first segment. */
  readonly rowEnd: number;
  /** All there is behind a bit line's last cell: the last segment plus sink (or source). */
  readonly columnEnd: number;
}

/** Every line of [arrays, M, N] taken alone, the lines on the other side of its cells grounded. */
export interface LineProfiles {
  /** [arrays, M, N] r: the part of a word line's voltage that a cell sees. */
  readonly row: tf.Tensor3D;
  /** [arrays, M, N] c: the part of a cell's current that arrives at the bit line's terminal. */
  readonly column: tf.Tensor3D;
  /** [arrays, M] Σⱼ r·G, siemens. */
  readonly rowCurrent: tf.Tensor2D;
  /** [arrays, N] Σᵢ c·G, siemens. */
  readonly columnCurrent: tf.Tensor2D;
}

/** The profiles of word and bit lines as loops over cells, all lines of all arrays at once. */
export function lineProfiles(G: tf.Tensor3D, lines: LineResistances): LineProfiles {
  const columns = columnLadder(G, lines.column, lines.columnEnd);
  const rows = columnLadder(G.transpose<tf.Tensor3D>([0, 2, 1]).reverse(1), lines.row, lines.rowEnd);
  return {
    row: rows.profile.reverse(1).transpose<tf.Tensor3D>([0, 2, 1]),
    column: columns.profile,
    rowCurrent: rows.out,
    columnCurrent: columns.out,
  };
}

/** g[..., M, N] as [arrays, M, N]. */
export function asArrays(g: tf.Tensor): tf.Tensor3D {
  const [M, N] = g.shape.slice(-2) as [number, number];
  return g.reshape<tf.Tensor3D>([tf.util.sizeFromShape(g.shape.slice(0, -2)), M, N]);
}

/**
 * Bit lines of [arrays, M, N], open at row 0 and held behind row M−1, with every cell driven by 1 V: the fraction of
 * it that each cell sees, and the current that each line gives.
 */
function columnLadder(
  G: tf.Tensor3D,
  segment: number,
  end: number,
): { profile: tf.Tensor3D; out: tf.Tensor2D } {
  const cells = tf.unstack(G, 1);
  const u: tf.Tensor[] = [];
  let drop: tf.Tensor = tf.onesLike(cells[0]!);
  let current: tf.Tensor = tf.zerosLike(cells[0]!);
  cells.forEach((g, i) => {
    u.push(drop);
    current = tf.add(current, tf.mul(g, drop));
    if (i < cells.length - 1) drop = tf.add(drop, tf.mul(current, segment));
  });
  const atEnd = tf.div(1, tf.add(drop, tf.mul(current, end)));
  return {
    profile: tf.mul(tf.stack(u, 1), atEnd.expandDims(1)) as tf.Tensor3D,
    out: tf.mul(current, atEnd) as tf.Tensor2D,
  };
}
