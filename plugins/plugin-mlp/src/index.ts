import { definePlugin } from '@txsim/core';
import { mlp } from './mlp.js';

export { mlp };

export default definePlugin({
  name: '@txsim/plugin-mlp',
  version: '0.1.0',
  namespace: 'mlp',
  engines: { txsim: '^0.1.0' },
  contributes: [mlp],
});
