import type { SimulationEvents } from '@txsim/core';
import { plain } from '../units.js';
import { HEIGHT, WIDTH } from './range.js';
import { networkColours, NETWORKS, type Plot } from './render.js';

type Progress = SimulationEvents['progress'];

/** More points than this are averaged in groups: the plot has no more pixels. */
const MOST_POINTS = 250;

/** Training loss over steps, for both networks. Undefined where no loss is a number. */
export function trainingLossPlot(progress: readonly Progress[]): Plot | undefined {
  const size = Math.ceil(progress.length / MOST_POINTS);
  const groups = Array.from({ length: Math.ceil(progress.length / Math.max(1, size)) }, (_, i) =>
    progress.slice(i * size, (i + 1) * size),
  );
  const values = groups.flatMap((group) => {
    const step = group[group.length - 1]!.step;
    return [
      { step, network: NETWORKS[0], loss: mean(group.map((p) => p.loss)) },
      { step, network: NETWORKS[1], loss: mean(group.map((p) => p.twinLoss)) },
    ].filter((v) => Number.isFinite(v.loss));
  });
  if (values.length === 0) return undefined;
  const [first, last] = [progress[0]!, progress[progress.length - 1]!];
  return {
    name: 'training-loss',
    title: 'Training loss over steps',
    description: `From ${plain(first.loss, 3)} nats at step ${first.step} to ${plain(last.loss, 3)} at step ${last.step}.`,
    ...(size > 1 ? { note: `Each point is the mean of ${size} reports.` } : {}),
    wide: true,
    spec: {
      width: 2 * WIDTH + 60,
      height: HEIGHT,
      data: { values },
      mark: { type: 'line', strokeWidth: 1.5, point: values.length <= 2 },
      encoding: {
        x: { field: 'step', type: 'quantitative', title: 'step', axis: { grid: false }, scale: { zero: first.step <= 100, nice: false } }, // prettier-ignore
        y: { field: 'loss', type: 'quantitative', title: 'mean cross-entropy, nats' },
        color: { field: 'network', type: 'nominal', scale: networkColours(values) },
      },
    },
  };
}

/** The mean of the numbers, NaN as soon as one is missing or not finite. */
const mean = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((sum, v) => sum + (v ?? Number.NaN), 0) / values.length;
