import { definePlugin } from '@txsim/core';
import { decayDiffusion } from './decay-diffusion.js';

export { decayDiffusion };

export default definePlugin({
  name: '@txsim/plugin-decay-diffusion',
  version: '0.1.0',
  namespace: 'decay-diffusion',
  engines: { txsim: '^0.1.0' },
  contributes: [decayDiffusion],
});
