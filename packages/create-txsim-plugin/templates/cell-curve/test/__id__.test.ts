import { describeCellCurve } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

for (const a of [0, 1, 10]) describeCellCurve(__identifier__, { config: { a } });
