import { describePlugin } from '@txsim/plugin-testkit';
import packageJson from '../package.json' with { type: 'json' };
import plugin from '../src/index.js';

describePlugin(plugin, { packageJson });
