import { activateWasm } from '@txsim/plugin-backend-wasm';
import { describeBackend } from '../src/index.js';

const reason = 'tfjs has no Conv2DBackpropFilter for wasm, and asks for both gradients together';

describeBackend('wasm', activateWasm, {
  exempt: { 'the gradient of conv2d at its input': reason, 'the gradient of conv2d at its filter': reason },
});
