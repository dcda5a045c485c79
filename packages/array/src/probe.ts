import type { Mapping, Readout, WireNetworkSolver } from '@txsim/core';
import { tileProduct, toTileColumns, toTileRows, type Direction, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { adjacentCurrents, interleaved } from './adjacent-columns.js';

type Planes = readonly tf.Tensor4D[];

/** Vectors of a batch: x[batch, inputs], and d[batch, outputs] where the matrix is driven backward. */
export interface ProbedSignals {
  readonly forward: tf.Tensor2D;
  readonly backward?: tf.Tensor2D;
}

/** |ΔI| / |I|, and the largest severity ρ_b. */
export interface Comparison {
  readonly error: number;
  readonly severity: number;
}

/** What is compared, in one direction. */
export interface ProbedArrays {
  readonly grid: TileGrid;
  readonly direction: Direction;
  readonly mapping: Pick<Mapping, 'adjacent' | 'readouts'>;
  readonly network: WireNetworkSolver;
  /** Conductances of the devices as the circuit sees them, and effective ones, per plane. */
  readonly conducting: Planes;
  readonly effective: Planes;
}

/** Some of the vectors [batch, lines], spread evenly over the batch. */
export function pickVectors(x: tf.Tensor2D, samples: number): tf.Tensor2D {
  const batch = x.shape[0];
  const count = Math.min(samples, batch);
  const chosen = Array.from({ length: count }, (_, k) => Math.floor(((k + 0.5) * batch) / count));
  return tf.tidy(() => tf.gather(x, tf.tensor1d(chosen, 'int32')));
}

/**
 * |ΔI| / |I| of what the converters see of all arrays, the planes combined as the readouts do, between the effective
 * matrices and the network itself; and the largest severity ρ_b.
 *
 * Currents are linear in the drive, so the vectors are taken for volts.
 */
export async function compareWithNetwork(
  vectors: tf.Tensor2D,
  { grid, direction, mapping: { adjacent, readouts }, network, conducting, effective }: ProbedArrays,
): Promise<Comparison> {
  const found = tf.tidy(() => {
    const lines = direction === 'forward' ? toTileRows(vectors, grid) : toTileColumns(vectors, grid);
    const [, , count, driven] = lines.shape;
    const volts = tf.broadcastTo(lines, [grid.tileRows, grid.tileColumns, count, driven]) as tf.Tensor4D;
    const exact = adjacent
      ? adjacentCurrents(volts, conducting, direction, network)
      : conducting.map((g) => network.currents(volts, g, direction));
    const off = effective.map((g, p) => tf.sub(tileProduct(vectors, g, grid, direction), exact[p]!));
    const power = (currents: readonly tf.Tensor[]): tf.Tensor =>
      tf.addN(readouts.map((readout) => tf.sum(tf.square(tf.mul(combine(currents, readout), readout.significance))))); // prettier-ignore
    const arrays = adjacent ? [interleaved(conducting)] : conducting;
    const severity = tf.max(tf.stack(arrays.map((g) => tf.max(network.severity(g)))));
    return tf.stack([power(off), power(exact), severity]);
  });
  const [off, whole, severity] = (await found.data()) as unknown as [number, number, number];
  found.dispose();
  return { error: off === 0 ? 0 : Math.sqrt(off / whole), severity };
}

const combine = (currents: readonly tf.Tensor[], { planes }: Readout): tf.Tensor =>
  tf.addN(planes.map((weight, p) => tf.mul(currents[p]!, weight)));
