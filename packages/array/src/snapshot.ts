import type { ConductanceWindow, MatrixSnapshot, PulseStatistics } from '@txsim/core';
import { fromTiles, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

const BINS = 40;
/** Of the window: what is nearer to an end is at the end. */
const AT_END = 1e-3;

/** The part of the last tile of the first tile column that is in use: [first row, first column], [rows, columns]. */
const usedPart = (g: TileGrid): [[number, number], [number, number]] => {
  const rows = g.tileRows === 1 ? g.inputs : g.rows;
  return [[g.rows - rows, 0], [rows, g.tileColumns === 1 ? g.outputs : g.columns]]; // prettier-ignore
};

/** What is shown of a matrix. */
export interface Shown {
  readonly name: string;
  readonly grid: TileGrid;
  readonly state: readonly tf.Tensor4D[];
  /** The pulses of all planes' devices, then what they changed; empty where pulses are not counted. */
  readonly counters: readonly tf.Tensor4D[];
  conducting(): readonly tf.Tensor4D[];
  effective(): readonly tf.Tensor4D[];
}

/** Counts the conductances and pulses of all planes and draws one tile's loss in the wires. */
export async function takeSnapshot(matrix: Shown, window: ConductanceWindow): Promise<MatrixSnapshot> {
  const { name, grid, state, counters } = matrix;
  const [conducting, effective] = [matrix.conducting()[0]!, matrix.effective()[0]!];
  const held = await usedValues(state, grid);
  const planes = state.length;
  const pulses = await usedValues(counters.slice(0, planes), grid);
  const made = await usedValues(counters.slice(planes), grid);
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
    histogram: { gMin: window.gMin, gMax: window.gMax, counts: countInBins(held, window) },
    saturation: saturationOf(held, window),
    ...(pulses.length > 0 && { pulses: pulseStatistics(pulses, made) }),
    loss: { rows: size[0], columns: size[1], values },
  };
}

/** The numbers of the devices in use, plane after plane. */
async function usedValues(planes: readonly tf.Tensor4D[], grid: TileGrid): Promise<Float32Array> {
  const values = new Float32Array(planes.length * grid.inputs * grid.outputs);
  for (const [p, plane] of planes.entries()) {
    const used = fromTiles(plane, grid);
    values.set(await used.data<'float32'>(), p * grid.inputs * grid.outputs);
    used.dispose();
  }
  return values;
}

function countInBins(held: Float32Array, { gMin, gMax }: ConductanceWindow): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const g of held) {
    const bin = Math.floor((BINS * (g - gMin)) / (gMax - gMin));
    counts[Math.min(Math.max(bin, 0), BINS - 1)]!++;
  }
  return counts;
}

function saturationOf(held: Float32Array, { gMin, gMax }: ConductanceWindow): { gMin: number; gMax: number } {
  const near = AT_END * (gMax - gMin);
  let [low, high] = [0, 0];
  for (const g of held) {
    if (g < gMin + near) low++;
    else if (g > gMax - near) high++;
  }
  return { gMin: low / held.length, gMax: high / held.length };
}

function pulseStatistics(pulses: Float32Array, made: Float32Array): PulseStatistics {
  const sum = (values: Float32Array): number => values.reduce((a, b) => a + b, 0);
  const [total, effect] = [sum(pulses), sum(made)];
  pulses.sort();
  const quantile = (part: number): number => pulses[Math.round(part * (pulses.length - 1))]!;
  return {
    total,
    mean: total / pulses.length,
    median: quantile(0.5),
    quantile99: quantile(0.99),
    largest: quantile(1),
    efficiency: total > 0 ? effect / total : 1,
  };
}
