import { definePlugin } from '@txsim/core';
import { powerLaw } from './power-law.js';
import { pcm } from './pcm.js';
import { reram } from './reram.js';

export { powerLaw, pcm, reram };

export default definePlugin({
  name: '@txsim/plugin-drift',
  version: '0.1.0',
  namespace: 'drift',
  engines: { txsim: '^0.1.0' },
  contributes: [powerLaw, pcm, reram],
});
