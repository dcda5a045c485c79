import * as tf from '@tensorflow/tfjs';
import { prepareNode } from './prepare-node.js';

/** `import()` of a package by its name. */
export type ImportModule = (name: string) => Promise<unknown>;

/** Through a variable, so that bundlers do not look for packages which few have. */
export const importByName: ImportModule = (name) => import(/* @vite-ignore */ /* webpackIgnore: true */ name);

/**
 * Imports tfjs-node or tfjs-node-gpu. Both make themselves the current backend of tfjs as they load, and where they
 * bring a copy of tfjs, that registers everything once more and says so, line by line: neither is wanted here.
 */
export async function importQuietly(importModule: ImportModule, name: string): Promise<unknown> {
  prepareNode();
  const current: string | undefined = tf.getBackend();
  const quiet = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    return await importModule(name);
  } finally {
    tf.env().set('PROD', quiet);
    if (current && tf.getBackend() !== current) await tf.setBackend(current);
  }
}

/** Whether an import failed because there is no such package, and not because the package itself failed. */
export function isAbsent(cause: unknown, name: string): boolean {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  return missing && `${message}`.split('\n')[0]!.includes(`'${name}'`);
}
