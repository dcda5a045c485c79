import type { Stack } from '@txsim/core';
import { parseStack } from '@txsim/core';

/** A stack whose parts no test composes. */
export const STACK: Stack = parseStack({
  dataset: { use: 'datasets/digits' },
  network: { use: 'mlp', units: [16] },
  stack: {
    device: { use: 'device-models/asymmetric-nonlinear', nu: 0.1, gMin: 1e-6, gMax: 1e-5 },
    mapping: { use: 'mapping/differential-pair', rows: 64, columns: 64 },
    nonIdealities: [{ use: 'write-noise', gamma: 3 }],
  },
  trainer: { use: 'trainers/sgd', epochs: 1 },
});
