import { definePlugin } from '@txsim/core';
import { progress } from './progress.js';

export { createProgress, progress, type Surroundings } from './progress.js';
export type { Terminal } from './terminal.js';

export default definePlugin({
  name: '@txsim/plugin-report-progress',
  version: '0.1.0',
  namespace: 'report-progress',
  engines: { txsim: '^0.1.0' },
  contributes: [progress],
});
