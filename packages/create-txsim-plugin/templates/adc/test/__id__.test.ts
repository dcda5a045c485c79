import { describeConverter } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

for (const bits of [2, 5, 8]) describeConverter(__identifier__, { config: { bits }, levels: 2 ** bits - 1 });
