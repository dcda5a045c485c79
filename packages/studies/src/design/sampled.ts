import { fillUniform, randomStream } from '@txsim/ops';
import { shuffled } from './shuffled.js';

/** Places in [0, 1)^k, independent and uniform. */
export function randomPlaces(seed: number, points: number, k: number): number[][] {
  const all = new Float32Array(points * k);
  fillUniform(randomStream(seed, 'study', 'random'), 0, 0, all);
  return rows(Array.from(all), k);
}

/**
 * Places in [0, 1)^k of which each axis has exactly one in each of `points` equal parts, at a uniform place within it.
 *
 * Source: McKay, Beckman, Conover, Technometrics 21:239 (1979).
 */
export function latinHypercube(seed: number, points: number, k: number): number[][] {
  const within = new Float32Array(points * k);
  fillUniform(randomStream(seed, 'study', 'latin-hypercube'), 0, 0, within);
  const orders = randomStream(seed, 'study', 'latin-hypercube', 'order');
  const columns = Array.from({ length: k }, (_, axis) => shuffled(orders, axis, points));
  return Array.from({ length: points }, (_, p) =>
    columns.map((order, axis) => (order[p]! + within[p * k + axis]!) / points),
  );
}

const rows = (all: readonly number[], k: number): number[][] =>
  Array.from({ length: all.length / k }, (_, i) => all.slice(i * k, (i + 1) * k));
