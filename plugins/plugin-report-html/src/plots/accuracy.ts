import type { EpochMetrics } from '@txsim/core';
import { percent } from '../units.js';
import { epochAxis, HEIGHT, paddedRange, WHOLE, WIDTH } from './range.js';
import { networkColours, NETWORKS, type Plot } from './render.js';

/** Test accuracy per epoch, against the digital twin's. Undefined where no epoch was completed. */
export function accuracyPlot(epochs: readonly EpochMetrics[]): Plot | undefined {
  const values = epochs.flatMap((m) => [
    { epoch: m.epoch, network: NETWORKS[0], accuracy: m.accuracy * 100 },
    ...(m.twinAccuracy === undefined
      ? []
      : [{ epoch: m.epoch, network: NETWORKS[1], accuracy: m.twinAccuracy * 100 }]),
  ]);
  if (values.length === 0) return undefined;
  const axis = epochAxis(epochs.map((m) => m.epoch));
  const domain = paddedRange(values.map((v) => v.accuracy), 2, [0, 100]); // prettier-ignore
  return {
    name: 'accuracy',
    title: 'Accuracy per epoch',
    description: describe(epochs),
    spec: {
      width: WIDTH,
      height: HEIGHT,
      data: { values },
      mark: { type: 'line', point: true },
      encoding: {
        x: {
          field: 'epoch',
          type: 'quantitative',
          title: 'epoch',
          scale: { domain: axis.domain, nice: false },
          axis: { values: axis.values, format: WHOLE, grid: false },
        },
        y: {
          field: 'accuracy',
          type: 'quantitative',
          title: 'test accuracy, %',
          scale: { domain, zero: false },
        },
        color: { field: 'network', type: 'nominal', scale: networkColours(values) },
        shape: { field: 'network', type: 'nominal', scale: { domain: networkColours(values).domain } },
      },
    },
  };
}

function describe(epochs: readonly EpochMetrics[]): string {
  const last = epochs[epochs.length - 1]!;
  const twin = last.twinAccuracy === undefined ? '' : `, of the digital twin ${percent(last.twinAccuracy)}`;
  return `Test accuracy after epoch ${last.epoch}: ${percent(last.accuracy)}${twin}.`;
}
