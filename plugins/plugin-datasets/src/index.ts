import { definePlugin } from '@txsim/core';
import { cifar10, cifar100 } from './cifar.js';
import { csv } from './csv.js';
import { digits } from './digits.js';
import { npz } from './npz.js';
import { text } from './text.js';

export { cifar10, cifar100, csv, digits, npz, text };

export default definePlugin({
  name: '@txsim/plugin-datasets',
  version: '0.1.0',
  namespace: 'datasets',
  engines: { txsim: '^0.1.0' },
  contributes: [cifar10, cifar100, digits, csv, npz, text],
});
