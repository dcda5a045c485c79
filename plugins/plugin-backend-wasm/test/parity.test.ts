import { describeBackend } from '@txsim/plugin-testkit';
import { activateWasm } from '../src/index.js';

describeBackend('wasm', activateWasm, { runs: 60 });
