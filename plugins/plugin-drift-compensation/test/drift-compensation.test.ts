import { describeCompensation, describePlugin } from '@txsim/plugin-testkit';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { globalScale, perColumn } from '../src/index.js';

describePlugin(plugin, { packageJson });

for (const reference of ['read', 'exact']) {
  describeCompensation(globalScale, { config: { reference } });
  describeCompensation(perColumn, { config: { reference, vectors: 5 } });
}
