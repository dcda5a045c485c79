import { definePlugin } from '@txsim/core';
import { cpu } from './cpu.js';

export { cpu };

export default definePlugin({
  name: '@txsim/plugin-backend-cpu',
  version: '0.1.0',
  namespace: 'backend-cpu',
  engines: { txsim: '^0.1.0' },
  contributes: [cpu],
});
