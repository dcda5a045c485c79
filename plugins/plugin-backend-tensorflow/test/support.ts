import * as tf from '@tensorflow/tfjs';
import type { ImportModule } from '../src/index.js';

export const GPU = '@tensorflow/tfjs-node-gpu';
export const CPU = '@tensorflow/tfjs-node';

/** What an import of a package does: gives its exports, or throws. */
type Packages = Readonly<Record<string, () => unknown>>;

/** Imports from a list; what is not on it is not installed. */
export const importing =
  (packages: Packages): ImportModule =>
  async (name) => {
    const found = packages[name];
    if (found) return found();
    const message = `Cannot find package '${name}' imported from here`;
    throw Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' });
  };

/** What matters of tfjs-node: as it loads, it registers a backend that is no more than a name, and makes it current. */
export function fakePackage(isUsingGpuDevice: boolean, exported: object = {}): () => unknown {
  return () => {
    const backend = { isUsingGpuDevice, binding: { TF_Version: '2.9.1' }, dispose: () => undefined };
    tf.registerBackend('tensorflow', () => backend as unknown as tf.KernelBackend, 3);
    void tf.setBackend('tensorflow');
    const { engine, version_core } = tf;
    return { default: { engine, version_core, version: { 'tfjs-node': '4.22.0' }, ...exported } };
  };
}
