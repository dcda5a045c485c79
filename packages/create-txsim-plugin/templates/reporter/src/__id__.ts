import { reporter, type EpochMetrics } from '@txsim/core';
import { z } from 'zod';

const FILE = 'epochs.csv';
const COLUMNS = ['epoch', 'step', 'loss', 'testLoss', 'accuracy'] as const;

/** One line per epoch: losses are mean cross-entropies in nats, the accuracy on the test set is a fraction. */
export const __identifier__ = reporter({
  id: '__id__',
  description: 'One line of CSV per epoch, with loss and accuracy.',
  config: z.strictObject({
    digits: z.int().min(1).max(21).default(4).describe('significant digits of a number'),
  }),
  create: ({ config: { digits }, on }) => {
    const epochs: EpochMetrics[] = [];
    const line = (metrics: EpochMetrics): string =>
      COLUMNS.map((column) => Number(metrics[column].toPrecision(digits))).join(',');
    let leave = async (): Promise<void> => {};
    on('epoch', (metrics) => void epochs.push(metrics));
    return {
      open: ({ history }, folder) => {
        epochs.unshift(...history.epochs);
        if (folder)
          leave = () => folder.write(FILE, `${[COLUMNS.join(','), ...epochs.map(line)].join('\n')}\n`);
      },
      close: () => leave(),
    };
  },
});
