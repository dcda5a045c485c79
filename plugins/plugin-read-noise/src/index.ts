import { definePlugin } from '@txsim/core';
import { readNoise } from './read-noise.js';

export { readNoise };

export default definePlugin({
  name: '@txsim/plugin-read-noise',
  version: '0.1.0',
  namespace: 'read-noise',
  engines: { txsim: '^0.1.0' },
  contributes: [readNoise],
});
