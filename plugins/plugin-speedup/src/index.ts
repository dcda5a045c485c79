import { definePlugin } from '@txsim/core';
import { anchored } from './anchored.js';
import { everyStep } from './every-step.js';
import { interpolated } from './interpolated.js';

export { anchored, everyStep, interpolated };

export default definePlugin({
  name: '@txsim/plugin-speedup',
  version: '0.1.0',
  namespace: 'speedup',
  engines: { txsim: '^0.1.0' },
  contributes: [everyStep, interpolated, anchored],
});
