import { fillUniform, randomStream } from '@txsim/ops';
import { shuffled } from './shuffled.js';

/** A point of a trajectory: it differs from the one before in one axis. */
export interface MorrisPlace {
  readonly trajectory: number;
  /** In [0, 1]^k, on a grid of equally spaced levels. */
  readonly place: readonly number[];
}

/**
 * Trajectories of k + 1 points: from a random point of the grid of `levels` each axis is moved once, in random order, by
 * Δ = levels / (2 (levels − 1)), up where there is room for it, else down.
 *
 * Source: M. D. Morris, Technometrics 33:161 (1991).
 */
export function morrisTrajectories(
  seed: number,
  trajectories: number,
  k: number,
  levels: number,
): MorrisPlace[] {
  const step = levels / (2 * (levels - 1));
  const starts = randomStream(seed, 'study', 'morris');
  const orders = randomStream(seed, 'study', 'morris', 'order');
  return Array.from({ length: trajectories }, (_, trajectory) => {
    const draws = new Float32Array(k);
    fillUniform(starts, trajectory, 0, draws);
    const start = Array.from(draws, (u) => Math.floor(u * levels) / (levels - 1));
    const places = [start];
    for (const axis of shuffled(orders, trajectory, k)) {
      const place = [...places.at(-1)!];
      const up = place[axis]! + step <= 1 + 1e-9;
      place[axis] = Math.min(1, Math.max(0, place[axis]! + (up ? step : -step)));
      places.push(place);
    }
    return places.map((place) => ({ trajectory, place }));
  }).flat();
}
