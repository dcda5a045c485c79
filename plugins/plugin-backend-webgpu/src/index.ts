import { definePlugin } from '@txsim/core';
import { webgpu } from './webgpu.js';

export { activateWebgpu, releaseWebgpu } from './activate.js';
export { NoGpu } from './gpu/gpu.js';
export { webgpu };

export default definePlugin({
  name: '@txsim/plugin-backend-webgpu',
  version: '0.1.0',
  namespace: 'backend-webgpu',
  engines: { txsim: '^0.1.0' },
  contributes: [webgpu],
});
