import type { WireNetworkSolver } from '@txsim/core';
import type { Direction } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

type Planes = readonly tf.Tensor4D[];

/**
 * The array whose columns are those of all planes, the devices of a weight next to each other:
 * G[…, i, P·j + p] = G_p[…, i, j].
 *
 * @param planes P of [tileRows, tileColumns, M, N], siemens
 * @returns [tileRows, tileColumns, M, P·N]
 */
export const interleaved = (planes: Planes): tf.Tensor4D => {
  const [tileRows, tileColumns, rows, columns] = planes[0]!.shape;
  return tf.tidy(() =>
    tf.stack([...planes], 4).reshape([tileRows, tileColumns, rows, planes.length * columns]),
  );
};

/** The way back: every `count`-th column from the p-th on, for each plane. */
export function separated(g: tf.Tensor4D, count: number): tf.Tensor4D[] {
  const [tileRows, tileColumns, rows, columns] = g.shape;
  return tf.tidy(() =>
    tf.unstack(g.reshape([tileRows, tileColumns, rows, columns / count, count]), 4),
  ) as tf.Tensor4D[];
}

/**
 * What a plane of such arrays gives for volts, amperes: forward out of its own bit lines, backward out of the word lines
 * while its bit lines are driven and those of the others are at 0 V.
 *
 * @param volts [tileRows, tileColumns, K, M], backward [tileRows, tileColumns, K, N]
 * @param currents those of any arrays
 */
export function adjacentCurrents(
  volts: tf.Tensor4D,
  planes: Planes,
  plane: number,
  direction: Direction,
  currents: WireNetworkSolver['currents'],
): tf.Tensor4D {
  const g = interleaved(planes);
  if (direction === 'forward') return separated(currents(volts, g, direction), planes.length)[plane]!;
  const driven = interleaved(planes.map((_, q) => (plane === q ? volts : tf.zerosLike(volts))));
  return currents(driven, g, direction);
}
