import type { Options } from 'tsup';

/** The one recipe by which every package is built: ESM with declarations, nothing bundled that npm can bring. */
export const library = (options: Options = {}): Options => ({
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'es2022',
  dts: { compilerOptions: { customConditions: [] } },
  sourcemap: true,
  clean: true,
  splitting: true,
  skipNodeModulesBundle: true,
  ...options,
});
