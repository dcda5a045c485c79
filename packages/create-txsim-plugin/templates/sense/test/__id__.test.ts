import { describePeriphery } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

for (const sigma of [0, 0.05]) describePeriphery(__identifier__, { config: { sigma } });
