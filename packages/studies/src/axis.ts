import { PluginError } from '@txsim/core';
import type { Study } from './study.js';

type Written = Study['axes'][string];
type Range = Extract<Written, { from: number }>;

/** One thing that is varied. */
export interface Axis {
  /** Path of the stack, or `$name` of a variable that only formulas see. */
  readonly name: string;
  /** The values of a grid; undefined where a range says no number of steps. */
  readonly values?: readonly unknown[];
  /** The value while others vary, where the study says one. */
  readonly baseline?: unknown;
  /** The value at a place in [0, 1): a list is cut into equal parts, a range is continuous. */
  at(place: number): unknown;
}

/** An axis as a study has it. */
export function axisOf(name: string, written: Written): Axis {
  if (Array.isArray(written)) return listed(name, written);
  if ('values' in written) return { ...listed(name, written.values), baseline: written.baseline };
  if (written.scale === 'log' && Math.min(written.from, written.to) <= 0)
    throw new PluginError('STUDY_INVALID', name, 'both ends of a logarithmic scale are above 0');
  const { steps, baseline } = written;
  const at = (place: number): number => within(written, place);
  const values = steps && distinct(Array.from({ length: steps }, (_, i) => at(i / (steps - 1))));
  return { name, at, ...(values && { values }), ...(baseline !== undefined && { baseline }) };
}

const listed = (name: string, values: readonly unknown[]): Axis => ({
  name,
  values,
  at: (place) => values[Math.min(values.length - 1, Math.floor(place * values.length))],
});

function within({ from, to, scale, whole }: Range, place: number): number {
  const value = scale === 'log' ? from * (to / from) ** place : from + (to - from) * place;
  // Ends come out as they are written, and rounding of the last bits is not shown.
  const exact = place === 0 ? from : place === 1 ? to : Number(value.toPrecision(12));
  return whole ? Math.round(exact) : exact;
}

const distinct = (values: readonly number[]): number[] => [...new Set(values)];
