import { definePlugin } from '@txsim/core';
import { tensorflow } from './tensorflow.js';

export { createTensorflow } from './create.js';
export { type ImportModule } from './find/import-module.js';
export { registerKernels } from './kernels/register.js';
export { tensorflow };

export default definePlugin({
  name: '@txsim/plugin-backend-tensorflow',
  version: '0.1.0',
  namespace: 'backend-tensorflow',
  engines: { txsim: '^0.1.0' },
  contributes: [tensorflow],
});
