import { describeReporter } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

describeReporter(__identifier__);
