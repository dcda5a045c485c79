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
 * tfjs' webgpu backend on a device of our own. The factory that comes with tfjs exists only if WebGPU did when its
 * module was first loaded, and serves no second time.
 */
export async function createBackend(): Promise<tf.KernelBackend> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const adapter = await findAdapter();
  const device = await requestDevice(adapter);
  const backend = new WebGPUBackend(device as never, adapter.info as never);
  const dispose = backend.dispose.bind(backend);
  backend.dispose = () => {
    dispose();
    device.destroy();
  };
  return backend;
}
