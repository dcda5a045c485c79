import type * as tf from '@tensorflow/tfjs';
import { libraryFor } from '../wgsl/library.js';
import type { WebgpuBackend } from './backend.js';
import { pipelineOf } from './pipelines.js';

type Tensors = Readonly<Record<string, tf.TensorInfo>>;

/**
 * A program and what it runs on. The code defines `fn main(index : i32)`, called once for every thread; it reads and
 * writes tensors as arrays by their names and reads `uniforms.<name>` and `localIndex`, the thread's number in its
 * workgroup. All tensors are seen as flat, so that neither rank nor shape changes the code.
 */
export interface Program {
  /** User code, without library functions. */
  readonly code: string;
  readonly inputs: Tensors;
  /** Unsigned integers. */
  readonly integers?: Readonly<Record<string, number>>;
  readonly floats?: Readonly<Record<string, number>>;
  /** Workgroups of `workgroupSize` threads; more may be started, with indices beyond. */
  readonly workgroups: number;
  readonly workgroupSize: number;
}

/** A program with one result, the array `result`. */
export interface Shader extends Program {
  readonly shape: readonly number[];
  readonly dtype?: 'float32' | 'int32';
}

/** Threads of a workgroup where the program does not care. */
export const THREADS = 64;

/** Number of elements. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const flat = (t: tf.TensorInfo): tf.TensorInfo => ({ ...t, shape: [sizeOf(t.shape)] });

const fieldsOf = (names: readonly string[], type: string): string =>
  names.map((n) => `${n} : ${type}, `).join('');

/** All of a program but its code: what it is bound to, and how its threads are counted. */
function frame(program: Program, outputs: Tensors): string {
  const { inputs, integers = {}, floats = {}, workgroupSize } = program;
  const arrays = [...Object.entries(outputs), ...Object.entries(inputs)];
  const written = Object.keys(outputs).length;
  const tfjs = arrays.flatMap((_, k) => [`shape${k}`, `strides${k}`]);
  const own = fieldsOf(Object.keys(integers), 'u32') + fieldsOf(Object.keys(floats), 'f32');
  const bindings = arrays.map(([name, { dtype }], k) => {
    const access = k < written ? 'read_write' : 'read';
    return `@group(0) @binding(${k}) var<storage, ${access}> ${name} : array<${dtype === 'int32' ? 'i32' : 'f32'}>;`;
  });
  return `
struct Uniforms { NAN : f32, INFINITY : f32, ${fieldsOf(tfjs, 'i32')}${own}}
${bindings.join('\n')}
@group(0) @binding(${arrays.length}) var<uniform> uniforms : Uniforms;
var<private> localIndex : u32;

fn isnan(x : f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }

@compute @workgroup_size(${workgroupSize})
fn start(
  @builtin(local_invocation_index) local : u32,
  @builtin(workgroup_id) group : vec3<u32>,
  @builtin(num_workgroups) groups : vec3<u32>,
) {
  localIndex = local;
  main(i32((group.y * groups.x + group.x) * ${workgroupSize}u + local));
}
`;
}

/** All that `frame` depends on. */
function bindingsOf(
  { inputs, integers = {}, floats = {}, workgroupSize }: Program,
  outputs: Tensors,
): string {
  const arrays = (of: Tensors): string[] => Object.entries(of).map(([name, { dtype }]) => `${name}:${dtype}`);
  return [workgroupSize, arrays(outputs), arrays(inputs), Object.keys(integers), Object.keys(floats)].join(
    '|',
  );
}

/** Workgroups in two dimensions, where one does not take them all. */
function dispatchOf(workgroups: number, limit: number): [number, number, number] {
  const down = Math.ceil(workgroups / limit);
  return [Math.ceil(workgroups / down), down, 1];
}

/** Runs a program that writes `outputs`, each by its name. There must be something to read and to write. */
export function run(backend: WebgpuBackend, program: Program, outputs: Tensors): void {
  const { code, inputs, integers = {}, floats = {} } = program;
  const tensors = [...Object.values(outputs), ...Object.values(inputs)].map(flat);
  for (const { dataId } of tensors) backend.uploadToGPU(dataId);
  const [first, ...others] = tensors as [tf.TensorInfo, ...tf.TensorInfo[]];
  backend.recordAndSubmit(
    {
      outputShape: first.shape,
      dispatch: dispatchOf(program.workgroups, backend.device.limits.maxComputeWorkgroupsPerDimension),
      pipeline: pipelineOf(
        backend,
        code,
        bindingsOf(program, outputs),
        () => frame(program, outputs) + libraryFor(code) + code,
      ),
    },
    first,
    others,
    [
      ...Object.values(integers).map((value) => ({ type: 'uint32' as const, data: [value] })),
      ...Object.values(floats).map((value) => ({ type: 'float32' as const, data: [value] })),
    ],
  );
}

/** Runs a program with one result. Without elements in an input there is nothing to read: the result is then 0. */
export function runShader(backend: WebgpuBackend, shader: Shader): tf.TensorInfo {
  const { inputs, dtype = 'float32' } = shader;
  const shape = [...shader.shape];
  const size = sizeOf(shape);
  if (size === 0 || Object.values(inputs).some((t) => sizeOf(t.shape) === 0)) {
    const zeros = dtype === 'int32' ? new Int32Array(size) : new Float32Array(size);
    return backend.makeTensorInfo(shape, dtype, zeros);
  }
  const result = backend.makeTensorInfo(shape, dtype);
  run(backend, shader, { result });
  return result;
}
