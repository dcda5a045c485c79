import { definePlugin } from '@txsim/core';
import { cubic } from './cubic.js';
import { expression } from './expression.js';
import { sinh } from './sinh.js';

export { cubic, expression, sinh };

export default definePlugin({
  name: '@txsim/plugin-cell-curve',
  version: '0.1.0',
  namespace: 'cell-curve',
  main: 'sinh',
  engines: { txsim: '^0.1.0' },
  contributes: [sinh, cubic, expression],
});
