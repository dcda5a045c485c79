import { PluginError } from '@txsim/core';
import type { Axis } from '../axis.js';
import { shortNames } from '../short-names.js';
import type { Study } from '../study.js';
import { valueInWords } from '../value-in-words.js';
import { attributionPoints, type AttributionPoint } from './attribution.js';
import { morrisTrajectories } from './morris.js';
import { latinHypercube, randomPlaces } from './sampled.js';

/** A point of the axes, before derived values. */
export interface DesignPoint {
  /** Axis → value. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly label?: string;
  readonly attribution?: AttributionPoint;
  readonly trajectory?: number;
  /** Where it lies on each axis, in [0, 1]. */
  readonly place?: readonly number[];
}

/**
 * The points that a study takes of its axes.
 *
 * @param baseline the value of an axis while others vary
 * @throws PluginError STUDY_INVALID where the axes do not fit the design
 */
export function designPoints(
  { design, designSeed: seed }: Study,
  axes: readonly Axis[],
  baseline: (axis: Axis) => unknown,
): DesignPoint[] {
  const kind = typeof design === 'string' ? design : design.kind;
  if (axes.length === 0 && kind !== 'list' && kind !== 'attribution')
    throw new PluginError('STUDY_INVALID', 'axes', `expected at least one for the design "${kind}"`);
  if (design === 'grid') return grid(axes);
  if (design === 'one-at-a-time') return oneAtATime(axes, baseline);
  switch (design.kind) {
    case 'random':
      return randomPlaces(seed, design.points, axes.length).map((place) => ({ values: at(axes, place) }));
    case 'latin-hypercube':
      return latinHypercube(seed, design.points, axes.length).map((place) => ({ values: at(axes, place) }));
    case 'morris':
      return morrisTrajectories(seed, design.trajectories, axes.length, design.levels).map(
        ({ trajectory, place }) => ({ values: at(axes, place), trajectory, place }),
      );
    case 'attribution':
      return attributionPoints(design.parts);
    case 'list':
      return design.points.map(({ label, set }) => ({ label, values: set }));
  }
}

const at = (axes: readonly Axis[], place: readonly number[]): Record<string, unknown> =>
  Object.fromEntries(axes.map((axis, i) => [axis.name, axis.at(place[i]!)]));

/** All combinations, the last axis running fastest. */
const grid = (axes: readonly Axis[]): DesignPoint[] =>
  axes.reduce<DesignPoint[]>(
    (points, axis) =>
      points.flatMap(({ values }) =>
        valuesOf(axis).map((value) => ({ values: { ...values, [axis.name]: value } })),
      ),
    [{ values: {} }],
  );

/** The baseline, then each axis by itself. */
function oneAtATime(axes: readonly Axis[], baseline: (axis: Axis) => unknown): DesignPoint[] {
  const values = Object.fromEntries(axes.map((axis) => [axis.name, baseline(axis)]));
  const names = shortNames(axes.map((axis) => axis.name));
  const others = axes.flatMap((axis) =>
    valuesOf(axis)
      .filter((value) => JSON.stringify(value) !== JSON.stringify(values[axis.name]))
      .map((value) => ({
        label: `${names.get(axis.name)} ${valueInWords(value)}`,
        values: { ...values, [axis.name]: value },
      })),
  );
  return [{ label: 'base', values }, ...others];
}

function valuesOf({ name, values }: Axis): readonly unknown[] {
  if (values) return values;
  throw new PluginError('STUDY_INVALID', name, 'a grid needs to know how many "steps" the range has');
}
