import { definePlugin } from '@txsim/core';
import { htmlReport } from './html-report.js';

export { htmlReport, REPORT_FILE } from './html-report.js';
export { html, Markup, type Content } from './markup.js';
export { page, section } from './page.js';
export { COLOURS, render, type Plot } from './plots/render.js';
export { figure, type Drawn } from './sections/figure.js';
export { provenanceTable } from './sections/provenance.js';
export { stackTable } from './sections/stack.js';
export { duration, percent, points } from './units.js';

export default definePlugin({
  name: '@txsim/plugin-report-html',
  version: '0.1.0',
  namespace: 'report-html',
  engines: { txsim: '^0.1.0' },
  contributes: [htmlReport],
});
