import { describeSpeedupPolicy } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

describeSpeedupPolicy(__identifier__);
describeSpeedupPolicy(__identifier__, { config: { every: 3 } });
