import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Files of the packages that are installed here, datasets among them. */
export const installed = {
  readFile: (path: string): Promise<Uint8Array> => readFile(require.resolve(path)),
};
