import { describeNetwork } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

describeNetwork(__identifier__, { config: { units: 9 } });
