import { definePlugin } from '@txsim/core';
import { differentialPair } from './differential-pair.js';

export { differentialPair };

export default definePlugin({
  name: '@txsim/plugin-mapping',
  version: '0.1.0',
  namespace: 'mapping',
  engines: { txsim: '^0.1.0' },
  contributes: [differentialPair],
});
