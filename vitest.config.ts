import { defineConfig } from 'vitest/config';

/** Sources are tested without a build; the tests of the command line run what users run. */
export default defineConfig({
  resolve: { conditions: ['@txsim/source'] },
  ssr: { resolve: { conditions: ['@txsim/source', 'node', 'import', 'default'] } },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'plugins/*/test/**/*.test.ts',
      'test/**/*.test.ts',
      'examples/*/test/**/*.test.js',
    ],
    exclude: ['**/*.long.test.ts', '**/node_modules/**', '**/dist/**', '**/.guides-*/**'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/support/tally-reporter.ts'],
    // tfjs greets with the advice to install tfjs-node.
    onConsoleLog: (log) => !log.includes('you are running TensorFlow.js in Node.js'),
  },
});
