import { definePlugin } from '@txsim/core';
import { bitSlicing } from './bit-slicing.js';
import { differentialPair } from './differential-pair.js';
import { offset } from './offset.js';
import { ternary } from './ternary.js';
import { unary } from './unary.js';

export { bitSlicing, differentialPair, offset, ternary, unary };

export default definePlugin({
  name: '@txsim/plugin-mapping',
  version: '0.1.0',
  namespace: 'mapping',
  engines: { txsim: '^0.1.0' },
  contributes: [differentialPair, offset, bitSlicing, unary, ternary],
  main: 'differential-pair',
});
