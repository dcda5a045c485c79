import { activateWasm } from '@txsim/plugin-backend-wasm';
import { describeBackend } from '../src/index.js';

describeBackend('wasm', activateWasm);
