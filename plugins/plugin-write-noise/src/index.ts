import { definePlugin } from '@txsim/core';
import { writeNoise } from './write-noise.js';

export { writeNoise };

export default definePlugin({
  name: '@txsim/plugin-write-noise',
  version: '0.1.0',
  namespace: 'write-noise',
  engines: { txsim: '^0.1.0' },
  contributes: [writeNoise],
});
