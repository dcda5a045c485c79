import type * as tf from '@tensorflow/tfjs';
import { libraryFor } from '../wgsl/library.js';
import type { WebgpuBackend, WebgpuProgram } from './backend.js';

/**
 * A program and what it runs on. The code defines `fn main(index : i32)`, called once for every thread; it reads its
 * inputs as arrays by their names, `uniforms.<name>`, and writes `result`. All tensors are seen as flat, so that neither
 * rank nor shape changes the code.
 */
export interface Shader {
  /** User code, without library functions. */
  readonly code: string;
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  /** Unsigned integers. */
  readonly integers?: Readonly<Record<string, number>>;
  readonly floats?: Readonly<Record<string, number>>;
  /** The shape of the result. */
  readonly shape: readonly number[];
  readonly dtype?: 'float32' | 'int32';
  /** Workgroups of `workgroupSize` threads; more may be started, with indices beyond. */
  readonly workgroups: number;
  readonly workgroupSize: number;
}

/** Threads of a workgroup where the program does not care. */
export const THREADS = 64;

/** Programs that are kept compiled; the oldest goes first. Constants of an expression are part of its program. */
const KEPT = 512;

/** Number of elements. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const ids = new Map<string, number>();
let nextId = 0;

/** A number for a program's text: whatever changes the text changes the key under which tfjs keeps the program. */
function idOf(backend: WebgpuBackend, text: string): string {
  let id = ids.get(text);
  if (id === undefined) {
    if (ids.size >= KEPT) forget(backend);
    ids.set(text, (id = nextId++));
  }
  return `txsim${id}`;
}

function forget({ pipelineCache }: WebgpuBackend): void {
  const [text, id] = ids.entries().next().value!;
  ids.delete(text);
  for (const key of Object.keys(pipelineCache)) if (key.startsWith(`txsim${id}_`)) delete pipelineCache[key];
}

const flat = (t: tf.TensorInfo): tf.TensorInfo => ({ ...t, shape: [sizeOf(t.shape)] });

const fieldsOf = (names: readonly string[], type: string): string =>
  names.map((n) => `${n} : ${type}, `).join('');

/** Runs a program. Without elements in an input there is nothing to read: the result is then 0. */
export function runShader(backend: WebgpuBackend, shader: Shader): tf.TensorInfo {
  const { code, inputs, integers = {}, floats = {}, dtype = 'float32', shape } = shader;
  const tensors = Object.values(inputs);
  if (tensors.some((t) => sizeOf(t.shape) === 0))
    return backend.makeTensorInfo([...shape], dtype, new Float32Array(sizeOf(shape)));
  const uniforms = fieldsOf(Object.keys(integers), 'u32') + fieldsOf(Object.keys(floats), 'f32');
  const variableNames = Object.keys(inputs);
  const program: WebgpuProgram = {
    outputShape: [sizeOf(shape)],
    variableNames,
    uniforms,
    workgroupSize: [shader.workgroupSize, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [shader.workgroups, 1, 1],
    shaderKey: idOf(backend, `${uniforms}|${variableNames.join()}|${code}`),
    getUserCode: () => libraryFor(code) + code,
  };
  const out = backend.runWebGPUProgram(program, tensors.map(flat), dtype, [
    ...Object.values(integers).map((value) => ({ type: 'uint32' as const, data: [value] })),
    ...Object.values(floats).map((value) => ({ type: 'float32' as const, data: [value] })),
  ]);
  return { ...out, shape: [...shape] };
}
