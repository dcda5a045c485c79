import type * as tf from '@tensorflow/tfjs';

/** One value of a program's uniform buffer, as tfjs takes it. */
export interface UniformData {
  readonly type: 'uint32' | 'float32';
  readonly data: number[];
}

/** A compiled compute program. */
export type Pipeline = object;

/** A compute program, as tfjs records it. */
export interface WebgpuProgram {
  readonly outputShape: number[];
  readonly dispatch: readonly [number, number, number];
  readonly pipeline: Pipeline;
}

/** What our kernels use of a device. */
export interface WebgpuDevice {
  readonly limits: {
    readonly maxStorageBuffersPerShaderStage: number;
    readonly maxComputeWorkgroupsPerDimension: number;
  };
  createShaderModule(descriptor: { code: string }): object;
  createComputePipeline(descriptor: {
    compute: { module: object; entryPoint: string };
    layout: 'auto';
  }): Pipeline;
}

/** What our kernels use of tfjs' `WebGPUBackend`. */
export interface WebgpuBackend {
  readonly device: WebgpuDevice;
  /** What is behind tensors: the type is that of their buffer, which `cast` does not always change. */
  readonly tensorMap: { get(dataId: object): { readonly dtype: tf.DataType } };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: tf.TypedArray): tf.TensorInfo;
  disposeData(dataId: object): boolean;
  /** Gives a tensor its buffer, and the buffer its values where there are some. */
  uploadToGPU(dataId: object): void;
  /**
   * Puts a program behind those that are to run: binding 0 is `output`, then come `inputs`, then the uniforms: NaN, ∞, two
   * integers for each flat tensor, and ours.
   */
  recordAndSubmit(
    program: WebgpuProgram,
    output: tf.TensorInfo,
    inputs: readonly tf.TensorInfo[],
    uniforms: readonly UniformData[],
  ): void;
}
