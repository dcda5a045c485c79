import type { EpochMetrics, SimulationEvents } from '@txsim/core';

/** How long the run is, and where it began. */
export type Start = SimulationEvents['start'];
type Progress = SimulationEvents['progress'];

/** `92.4 %`; a dash where there is no number. */
export const percent = (fraction: number | undefined): string =>
  fraction === undefined || !Number.isFinite(fraction) ? '–' : `${(fraction * 100).toFixed(1)} %`;

/** A loss with three significant digits, or `NaN` as it is: a run that diverged must be seen. */
export const loss = (nats: number): string =>
  Number.isFinite(nats) ? Number(nats.toPrecision(3)).toString() : `${nats}`;

/** `1 h 02 min`, `3 min 20 s`, `4 s`. */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  if (s >= 3600) return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} min`;
  return s >= 60 ? `${Math.floor(s / 60)} min ${two(s % 60)} s` : `${s} s`;
}

/** `epoch 1/3  loss 0.31  accuracy 92.4 %  (digital 95.6 %)` */
export function epochLine(m: EpochMetrics, start: Start | undefined): string {
  const twin = m.twinAccuracy === undefined ? '' : `  (digital ${percent(m.twinAccuracy)})`;
  return `epoch ${of(m.epoch, start?.epochs)}  loss ${loss(m.loss)}  accuracy ${percent(m.accuracy)}${twin}`;
}

/** `step 1200/3750  epoch 1/3  loss 0.42  (digital 0.4)  2 min 05 s left` */
export function progressLine(p: Progress, start: Start | undefined, secondsLeft: number | undefined): string {
  const twin = p.twinLoss === undefined ? '' : `  (digital ${loss(p.twinLoss)})`;
  const left = secondsLeft === undefined ? '' : `  ${duration(secondsLeft)} left`;
  const where = `step ${of(p.step, start && total(start))}  epoch ${of(p.epoch, start?.epochs)}`;
  return `${where}  loss ${loss(p.loss)}${twin}${left}`;
}

/** The number of steps of the whole run. */
export const total = (start: Start): number => start.epochs * start.stepsPerEpoch;

const of = (n: number, all: number | undefined): string => (all === undefined ? `${n}` : `${n}/${all}`);
