import { definePlugin } from '@txsim/core';
import { periodicCarry } from './compound/periodic-carry.js';
import { severalDevices } from './compound/several-devices.js';
import { adam } from './digital/adam.js';
import { momentum } from './digital/momentum.js';
import { mixedPrecision } from './mixed-precision.js';
import { neurosim } from './neurosim.js';
import { outerProduct } from './outer-product.js';
import { pulsedSgd } from './pulsed/pulsed-sgd.js';
import { sgd } from './sgd.js';
import { agad } from './tiki-taka/agad.js';
import { choppedTikiTaka } from './tiki-taka/chopped-tiki-taka.js';
import { residualLearning } from './tiki-taka/residual-learning.js';
import { tikiTaka2 } from './tiki-taka/tiki-taka-2.js';
import { tikiTaka } from './tiki-taka/tiki-taka.js';

export {
  adam,
  agad,
  choppedTikiTaka,
  mixedPrecision,
  momentum,
  neurosim,
  outerProduct,
  periodicCarry,
  pulsedSgd,
  residualLearning,
  severalDevices,
  sgd,
  tikiTaka,
  tikiTaka2,
};
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
  contributes: [
    sgd,
    outerProduct,
    momentum,
    adam,
    neurosim,
    mixedPrecision,
    pulsedSgd,
    tikiTaka,
    tikiTaka2,
    choppedTikiTaka,
    agad,
    residualLearning,
    severalDevices,
    periodicCarry,
  ],
});
