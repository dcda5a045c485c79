import type { Mapping, WireNetworkSolver } from '@txsim/core';
import type { Direction, TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { interleaved } from './adjacent-columns.js';
import { asNetworks, behind, type PlaneCurrents } from './plane-currents.js';

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
  /** Conductances of the devices as the circuit sees them, per plane. */
  readonly conducting: Planes;
  /** The currents as the method in use has them. */
  readonly currents: PlaneCurrents;
}

/** Some of the vectors [batch, lines], spread evenly over the batch. */
export function pickVectors(x: tf.Tensor2D, samples: number): tf.Tensor2D {
  const batch = x.shape[0];
  const count = Math.min(samples, batch);
  const chosen = Array.from({ length: count }, (_, k) => Math.floor(((k + 0.5) * batch) / count));
  return tf.tidy(() => tf.gather(x, tf.tensor1d(chosen, 'int32')));
}

/**
 * |ΔI| / |I| of what the converters see of all arrays, the planes combined as the readouts do, between a method and the
 * network itself; and the largest severity ρ_b.
 *
 * @param volts [vectors, lines]
 */
export async function compareWithNetwork(
  volts: tf.Tensor2D,
  { grid, direction, mapping: { adjacent, readouts }, network, conducting, currents }: ProbedArrays,
): Promise<Comparison> {
  const found = tf.tidy(() => {
    const solved = asNetworks(network, conducting, grid, direction, adjacent);
    const exact = conducting.map((_, p) => solved(volts, p));
    const off = conducting.map((_, p) => tf.sub(currents(volts, p), exact[p]!));
    const power = (of: readonly tf.Tensor[]): tf.Tensor =>
      tf.addN(readouts.map((readout) => tf.sum(tf.square(tf.mul(behind(readout, (p) => of[p]!), readout.significance))))); // prettier-ignore
    const arrays = adjacent ? [interleaved(conducting)] : conducting;
    const severity = tf.max(tf.stack(arrays.map((g) => tf.max(network.severity(g)))));
    return tf.stack([power(off), power(exact), severity]);
  });
  const [off, whole, severity] = (await found.data()) as unknown as [number, number, number];
  found.dispose();
  return { error: off === 0 ? 0 : Math.sqrt(off / whole), severity };
}

/** Vectors as volts of which the largest of each is the read voltage: where cells have a curve, they matter. */
export const atReadVoltage = (vectors: tf.Tensor2D, readVoltage: number): tf.Tensor2D =>
  tf.tidy(() => tf.mul(tf.divNoNan(vectors, tf.max(tf.abs(vectors), 1, true)), readVoltage));
