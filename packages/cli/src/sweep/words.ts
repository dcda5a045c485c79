import { shortNames, valueInWords, type RunResult, type StudyRun } from '@txsim/studies';
import { percent } from '../run/summary.js';

/** `1 h 02 min`, `3 min 20 s`, `4 s`. */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  if (s >= 3600) return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} min`;
  return s >= 60 ? `${Math.floor(s / 60)} min ${two(s % 60)} s` : `${s} s`;
}

/** `nu 0.1, gamma 3, seed 2` */
export function runInWords({ point, seed }: StudyRun): string {
  const names = shortNames(Object.keys(point.values));
  const values = Object.entries(point.values).map(([name, v]) => `${names.get(name)} ${valueInWords(v)}`);
  return [...(point.label === undefined ? values : [point.label]), `seed ${seed}`].join(', ');
}

/** `91.20 %  (digital 91.50 %)  4 s` */
export function resultInWords({ accuracy, digitalAccuracy, error, made }: RunResult): string {
  if (error !== undefined) return `failed: ${error.split('\n')[0]}`;
  const digital = digitalAccuracy === undefined ? '' : `  (digital ${percent(digitalAccuracy)})`;
  return `${accuracy === null ? 'no epoch' : percent(accuracy)}${digital}  ${duration(made.seconds)}`;
}
