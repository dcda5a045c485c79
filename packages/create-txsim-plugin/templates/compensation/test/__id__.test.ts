import { describeCompensation } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

for (const vectors of [1, 100]) describeCompensation(__identifier__, { config: { vectors } });
