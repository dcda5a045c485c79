import { grouped, spreadOf } from './statistics.js';

/** A point of a trajectory and what came of it. */
export interface TrajectoryPoint {
  readonly trajectory: number;
  /** In [0, 1]^k. */
  readonly place: readonly number[];
  readonly value: number;
}

/** Morris's measures of an axis. Effects are per full length of the axis. */
export interface MorrisEffect {
  /** The mean of the effects. */
  readonly mean: number;
  /** The mean of their magnitudes, µ*: how much the axis matters. */
  readonly magnitude: number;
  /** Their standard deviation σ: by how much the effect depends on the other axes, or on where on the axis one is. */
  readonly deviation: number;
  /** How many there are. */
  readonly effects: number;
}

/**
 * Elementary effects (y(x + Δe_i) − y(x)) / Δ of k axes, of points that follow one another in a trajectory and differ in
 * one axis. An axis without any has NaN.
 *
 * Source: M. D. Morris, Technometrics 33:161 (1991); µ*: Campolongo, Cariboni, Saltelli, Environ. Model. Softw. 22:1509 (2007).
 */
export function elementaryEffects(points: readonly TrajectoryPoint[], k: number): MorrisEffect[] {
  const effects: number[][] = Array.from({ length: k }, () => []);
  for (const trajectory of grouped(points, (p) => p.trajectory).values()) {
    for (let i = 1; i < trajectory.length; i++) {
      const [before, after] = [trajectory[i - 1]!, trajectory[i]!];
      const moved = before.place.flatMap((u, axis) => (u === after.place[axis] ? [] : [axis]));
      // Where a point between the two is missing, two axes have moved.
      if (moved.length !== 1) continue;
      const [axis] = moved as [number];
      effects[axis]!.push((after.value - before.value) / (after.place[axis]! - before.place[axis]!));
    }
  }
  return effects.map((values) => {
    const { mean, deviation } = spreadOf(values);
    return { mean, magnitude: spreadOf(values.map(Math.abs)).mean, deviation, effects: values.length };
  });
}
