import type * as tf from '@tensorflow/tfjs';
import type { Adapter, Device } from './gpu.js';
import { findAdapter } from './instance.js';

/** The limits that tfjs raises, and the number of buffers: the more, the more inputs an expression may have. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
];

function requestDevice(adapter: Adapter): Promise<Device> {
  const limits = LIMITS.map((name) => [name, adapter.limits[name]!] as const);
  return adapter.requestDevice({
    requiredFeatures: ['timestamp-query'].filter((name) => adapter.features.has(name)),
    requiredLimits: Object.fromEntries(limits),
  });
}

/**
 * A program that a device refuses leaves zeros behind, and all that is heard of it is an event: what is read after that is
 * an error.
 */
function failing<T extends tf.KernelBackend>(backend: T, device: Device): T {
  let failure: string | undefined;
  device.addEventListener('uncapturederror', ({ error }) => (failure ??= error.message));
  const read = backend.read.bind(backend);
  backend.read = async (dataId) => {
    const values = await read(dataId);
    if (failure === undefined) return values;
    throw new Error(`plugin-backend-webgpu: the device refused a program or a buffer: ${failure}`);
  };
  return backend;
}

/**
 * tfjs' webgpu backend on a device of our own. The factory that comes with tfjs exists only if WebGPU did when its
 * module was first loaded, and serves no second time.
 */
export async function createBackend(): Promise<tf.KernelBackend> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const adapter = await findAdapter();
  const device = await requestDevice(adapter);
  const backend = failing(new WebGPUBackend(device as never, adapter.info as never), device);
  const dispose = backend.dispose.bind(backend);
  backend.dispose = () => {
    dispose();
    device.destroy();
  };
  return backend;
}
