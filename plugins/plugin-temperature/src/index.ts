import { definePlugin } from '@txsim/core';
import { temperature } from './temperature.js';

export { temperature };

export default definePlugin({
  name: '@txsim/plugin-temperature',
  version: '0.1.0',
  namespace: 'temperature',
  engines: { txsim: '^0.1.0' },
  contributes: [temperature],
});
