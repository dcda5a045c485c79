import type * as tf from '@tensorflow/tfjs';

/** One value of a program's uniform buffer, as tfjs takes it. */
export interface UniformData {
  readonly type: 'uint32' | 'float32';
  readonly data: number[];
}

/** A compute program, as tfjs takes it; `shaderKey` and `dispatch` are rewritten when it runs. */
export interface WebgpuProgram {
  readonly outputShape: number[];
  readonly variableNames: string[];
  readonly uniforms: string;
  readonly workgroupSize: [number, number, number];
  readonly dispatchLayout: { x: number[] };
  dispatch: [number, number, number];
  shaderKey: string;
  getUserCode(): string;
}

/** What our kernels use of tfjs' `WebGPUBackend`. */
export interface WebgpuBackend {
  readonly device: { readonly limits: { readonly maxStorageBuffersPerShaderStage: number } };
  /** Compiled programs by key; tfjs never drops one. */
  readonly pipelineCache: Record<string, unknown>;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: tf.TypedArray): tf.TensorInfo;
  disposeData(dataId: object): boolean;
  runWebGPUProgram(
    program: WebgpuProgram,
    inputs: tf.TensorInfo[],
    dtype: tf.DataType,
    uniforms: UniformData[],
  ): tf.TensorInfo;
}
