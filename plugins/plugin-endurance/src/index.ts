import { definePlugin } from '@txsim/core';
import { endurance } from './endurance.js';

export { endurance };

export default definePlugin({
  name: '@txsim/plugin-endurance',
  version: '0.1.0',
  namespace: 'endurance',
  engines: { txsim: '^0.1.0' },
  contributes: [endurance],
});
