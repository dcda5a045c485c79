import { definePlugin } from '@txsim/core';
import { asymmetricNonlinear } from './asymmetric-nonlinear.js';
import { ideal } from './ideal.js';

export { asymmetricNonlinear, ideal };
export * from './window-fields.js';

export default definePlugin({
  name: '@txsim/device-models',
  version: '0.1.0',
  namespace: 'device-models',
  engines: { txsim: '^0.1.0' },
  contributes: [ideal, asymmetricNonlinear],
});
