import { definePlugin } from '@txsim/core';
import { htmlReport } from './html-report.js';

export { htmlReport, REPORT_FILE } from './html-report.js';

export default definePlugin({
  name: '@txsim/plugin-report-html',
  version: '0.1.0',
  namespace: 'report-html',
  engines: { txsim: '^0.1.0' },
  contributes: [htmlReport],
});
