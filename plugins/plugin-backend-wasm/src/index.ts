import { definePlugin } from '@txsim/core';
import { wasm } from './wasm.js';

export { activateWasm } from './activate.js';
export { fillRandom } from './kernels/fill-random.js';
export { registerKernels } from './kernels/register.js';
export { wasm };

export default definePlugin({
  name: '@txsim/plugin-backend-wasm',
  version: '0.1.0',
  namespace: 'backend-wasm',
  engines: { txsim: '^0.1.0' },
  contributes: [wasm],
});
