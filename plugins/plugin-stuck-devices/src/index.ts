import { definePlugin } from '@txsim/core';
import { stuckDevices } from './stuck-devices.js';
import { stuckMap } from './stuck-map.js';

export { stuckDevices, stuckMap };

export default definePlugin({
  name: '@txsim/plugin-stuck-devices',
  version: '0.1.0',
  namespace: 'stuck-devices',
  main: 'stuck-devices',
  engines: { txsim: '^0.1.0' },
  contributes: [stuckDevices, stuckMap],
});
