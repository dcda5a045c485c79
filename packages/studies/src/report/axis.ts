import { shortNames } from '../short-names.js';
import type { StudyPlan } from '../plan.js';
import { valueInWords } from '../value-in-words.js';

/** Values beyond this ratio are drawn on a logarithmic axis. */
const DECADES = 25;

/** How the values of an axis are placed and named on a plot. */
export interface Placed {
  readonly title: string;
  /** What stands in the data for a value. */
  of(value: unknown): number | string;
  /** The encoding's `type`, `scale` and so on. */
  readonly encoding: object;
}

/** Numbers lie on a line, everything else side by side in the order of the study. */
export function placed(name: string, { axes }: StudyPlan, values: readonly unknown[]): Placed {
  const title = shortNames(axes.map((axis) => axis.name)).get(name)!;
  const ordinal = { type: 'ordinal', sort: null, axis: { labelAngle: 0 } };
  if (!values.every((v) => typeof v === 'number')) return { title, of: valueInWords, encoding: ordinal };
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const log = least > 0 && most / least >= DECADES;
  const scale = log ? { type: 'log' } : { zero: least >= 0 && least < 0.2 * most };
  return {
    title,
    of: Number,
    encoding: { type: 'quantitative', scale: { ...scale, nice: false, padding: 12 }, axis: { grid: false, format: '.3~g', labelOverlap: true } }, // prettier-ignore
  };
}

/** `nu (stack.device.nu)` */
export function titleOf(name: string, names: readonly string[]): string {
  const short = shortNames(names).get(name) ?? name;
  return short === name.replace(/^\$/, '') ? short : `${short}  (${name})`;
}
