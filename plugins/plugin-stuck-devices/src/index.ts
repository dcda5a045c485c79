import { definePlugin } from '@txsim/core';
import { stuckDevices } from './stuck-devices.js';

export { stuckDevices };

export default definePlugin({
  name: '@txsim/plugin-stuck-devices',
  version: '0.1.0',
  namespace: 'stuck-devices',
  engines: { txsim: '^0.1.0' },
  contributes: [stuckDevices],
});
