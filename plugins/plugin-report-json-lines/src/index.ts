import { definePlugin } from '@txsim/core';
import { jsonLines } from './json-lines.js';

export { jsonLines, METRICS_FILE } from './json-lines.js';

export default definePlugin({
  name: '@txsim/plugin-report-json-lines',
  version: '0.1.0',
  namespace: 'report-json-lines',
  engines: { txsim: '^0.1.0' },
  contributes: [jsonLines],
});
