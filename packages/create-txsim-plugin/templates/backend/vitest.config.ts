import { defineConfig } from 'vitest/config';

/** A slow engine takes seconds for the exact solution of a crossbar. */
export default defineConfig({ test: { testTimeout: 60_000 } });
