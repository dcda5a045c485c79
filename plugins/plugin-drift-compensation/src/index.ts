import { definePlugin } from '@txsim/core';
import { globalScale } from './global-scale.js';
import { perColumn } from './per-column.js';

export { globalScale, perColumn };

export default definePlugin({
  name: '@txsim/plugin-drift-compensation',
  version: '0.1.0',
  namespace: 'drift-compensation',
  main: 'global',
  engines: { txsim: '^0.1.0' },
  contributes: [globalScale, perColumn],
});
