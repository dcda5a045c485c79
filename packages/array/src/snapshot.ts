import type { ConductanceWindow, MatrixSnapshot } from '@txsim/core';
import { fromTiles, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

const BINS = 40;

/** The part of the last tile of the first tile column that is in use: [first row, first column], [rows, columns]. */
const usedPart = (g: TileGrid): [[number, number], [number, number]] => {
  const rows = g.tileRows === 1 ? g.inputs : g.rows;
  return [[g.rows - rows, 0], [rows, g.tileColumns === 1 ? g.outputs : g.columns]]; // prettier-ignore
};

/** Counts the conductances of all planes and draws one tile's loss in the wires. */
export async function takeSnapshot(
  name: string,
  grid: TileGrid,
  window: ConductanceWindow,
  state: readonly tf.Tensor4D[],
  conducting: tf.Tensor4D,
  effective: tf.Tensor4D,
): Promise<MatrixSnapshot> {
  const counts = new Array<number>(BINS).fill(0);
  for (const plane of state) {
    const used = fromTiles(plane, grid);
    for (const g of await used.data()) {
      const bin = Math.floor((BINS * (g - window.gMin)) / (window.gMax - window.gMin));
      counts[Math.min(Math.max(bin, 0), BINS - 1)]!++;
    }
    used.dispose();
  }
  const [from, size] = usedPart(grid);
  const loss = tf.tidy(() => {
    const tile = (t: tf.Tensor4D): tf.Tensor =>
      t.slice([grid.tileRows - 1, 0, ...from], [1, 1, ...size]).flatten();
    const ideal = tile(conducting);
    return tf.where(
      tf.greater(ideal, 0),
      tf.sub(1, tf.divNoNan(tile(effective), ideal)),
      tf.zerosLike(ideal),
    );
  });
  const values = Array.from(await loss.data());
  loss.dispose();
  return {
    name,
    inputs: grid.inputs,
    outputs: grid.outputs,
    tileRows: grid.tileRows,
    tileColumns: grid.tileColumns,
    histogram: { gMin: window.gMin, gMax: window.gMax, counts },
    loss: { rows: size[0], columns: size[1], values },
  };
}
