import { definePlugin } from '@txsim/core';
import { deviceVariation } from './device-variation.js';

export { deviceVariation };

export default definePlugin({
  name: '@txsim/plugin-device-variation',
  version: '0.1.0',
  namespace: 'device-variation',
  engines: { txsim: '^0.1.0' },
  contributes: [deviceVariation],
});
