import { definePlugin } from '@txsim/core';
import { limitedLevels } from './limited-levels.js';

export { limitedLevels };

export default definePlugin({
  name: '@txsim/plugin-limited-levels',
  version: '0.1.0',
  namespace: 'limited-levels',
  engines: { txsim: '^0.1.0' },
  contributes: [limitedLevels],
});
