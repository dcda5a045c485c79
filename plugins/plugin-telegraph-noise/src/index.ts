import { definePlugin } from '@txsim/core';
import { telegraphNoise } from './telegraph-noise.js';

export { telegraphNoise };

export default definePlugin({
  name: '@txsim/plugin-telegraph-noise',
  version: '0.1.0',
  namespace: 'telegraph-noise',
  engines: { txsim: '^0.1.0' },
  contributes: [telegraphNoise],
});
