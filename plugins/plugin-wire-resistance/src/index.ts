import { definePlugin } from '@txsim/core';
import { wireResistance } from './wire-resistance.js';

export { wireResistance };

export default definePlugin({
  name: '@txsim/plugin-wire-resistance',
  version: '0.1.0',
  namespace: 'wire-resistance',
  engines: { txsim: '^0.1.0' },
  contributes: [wireResistance],
});
