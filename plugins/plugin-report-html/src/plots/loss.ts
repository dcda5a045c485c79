import type { EpochMetrics } from '@txsim/core';
import { plain } from '../units.js';
import { epochAxis, HEIGHT, WHOLE, WIDTH } from './range.js';
import { networkColours, NETWORKS, type Plot } from './render.js';

const SETS = ['test', 'training'] as const;

/** Test and training loss per epoch, against the digital twin's. Undefined where no loss is a number. */
export function lossPlot(epochs: readonly EpochMetrics[]): Plot | undefined {
  const all = epochs.flatMap(({ epoch, loss, testLoss, twinLoss, twinTestLoss }) => [
    { epoch, network: NETWORKS[0], set: SETS[0], loss: testLoss },
    { epoch, network: NETWORKS[0], set: SETS[1], loss },
    { epoch, network: NETWORKS[1], set: SETS[0], loss: twinTestLoss },
    { epoch, network: NETWORKS[1], set: SETS[1], loss: twinLoss },
  ]);
  const values = all.filter((v) => v.loss !== undefined && Number.isFinite(v.loss));
  if (values.length === 0) return undefined;
  const axis = epochAxis(epochs.map((m) => m.epoch));
  const last = epochs[epochs.length - 1]!;
  return {
    name: 'loss',
    title: 'Loss per epoch',
    description: `Mean test loss after epoch ${last.epoch}: ${plain(last.testLoss, 3)} nats.`,
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
        y: { field: 'loss', type: 'quantitative', title: 'mean cross-entropy, nats' },
        color: { field: 'network', type: 'nominal', scale: networkColours(values) },
        shape: { field: 'set', type: 'nominal', scale: { domain: [...SETS] } },
        strokeDash: { field: 'set', type: 'nominal', scale: { domain: [...SETS], range: [[1, 0], [4, 3]] } }, // prettier-ignore
      },
    },
  };
}
