import { definePlugin } from '@txsim/core';
import { mnist } from './mnist.js';

export { mnist };

export default definePlugin({
  name: '@txsim/plugin-mnist',
  version: '0.1.0',
  namespace: 'mnist',
  engines: { txsim: '^0.1.0' },
  contributes: [mnist],
});
