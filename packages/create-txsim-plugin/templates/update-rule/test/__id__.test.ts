import { describeUpdateRule } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

describeUpdateRule(__identifier__);
describeUpdateRule(__identifier__, { config: { threshold: 0 } });
