import { definePlugin } from '@txsim/core';
import { outerProduct } from './outer-product.js';
import { pulsedSgd } from './pulsed/pulsed-sgd.js';
import { sgd } from './sgd.js';

export { outerProduct, pulsedSgd, sgd };
export * from './checkpoint/checkpoint.js';
export * from './checkpoint/network-file.js';
export * from './checkpoint/safetensors.js';
export * from './choose-backend.js';
export * from './complete-stack.js';
export * from './estimate.js';
export * from './layer-arrays.js';
export * from './models.js';
export * from './simulate.js';
export * from './training/batch.js';
export * from './training/evaluate.js';
export * from './training/permutation.js';
export * from './training/progress.js';
export * from './training/train.js';

export default definePlugin({
  name: '@txsim/trainers',
  version: '0.1.0',
  namespace: 'trainers',
  engines: { txsim: '^0.1.0' },
  contributes: [outerProduct, pulsedSgd, sgd],
});
