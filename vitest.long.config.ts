import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

/** What takes minutes: conformance with the paper, whole data sets. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['**/*.long.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 30 * 60_000,
  },
});
