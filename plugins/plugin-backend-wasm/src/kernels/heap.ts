import type * as tf from '@tensorflow/tfjs';
import { kernels } from '../generated/kernels.js';
import { Compiler } from '../emitter/compile.js';

/** What the kernels use of tfjs' wasm backend. */
export interface WasmBackend extends tf.KernelBackend {
  readonly wasm: {
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    readonly wasmMemory?: WebAssembly.Memory;
    readonly asm?: { readonly memory: WebAssembly.Memory };
  };
  readonly dataIdMap: { get(id: tf.DataId): { readonly memoryOffset: number } };
  incRef(id: tf.DataId): void;
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
}

type Kernel = (...parameters: number[]) => void;
type Measure = (...parameters: number[]) => number;

/** The exports of `assembly/index.ts`; pointers, strides and steps in bytes, flags as 0 and 1. */
export interface Kernels {
  readonly gemm: Kernel;
  readonly unfold: Kernel;
  readonly fold: Kernel;
  readonly depthwise: Kernel;
  readonly depthwiseInputGradient: Kernel;
  readonly depthwiseFilterGradient: Kernel;
  readonly pool: Kernel;
  readonly averagePoolGradient: Kernel;
  readonly maxPoolGradient: Kernel;
  readonly segmentSum: Kernel;
  readonly fill: Kernel;
  readonly tileProductForward: Kernel;
  readonly tileProductBackward: Kernel;
  readonly tileOuter: Kernel;
  readonly addRows: Kernel;
  readonly effectiveConductance: Kernel;
  readonly lineSeverity: Kernel;
  readonly exactCurrents: Measure;
  readonly exactWorkspace: Measure;
}

function moduleBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(kernels), (c) => c.charCodeAt(0));
}

/** Our kernels on the memory in which a wasm backend keeps its tensors. */
export class Heap {
  readonly kernels: Kernels;
  readonly compiler: Compiler;
  readonly #backend: WasmBackend;
  readonly #memory: WebAssembly.Memory;
  #scratch = 0;
  #scratchBytes = 0;

  constructor(backend: WasmBackend) {
    this.#backend = backend;
    const memory = backend.wasm.wasmMemory ?? backend.wasm.asm?.memory;
    if (!memory) throw new Error('plugin-backend-wasm: the wasm backend of tfjs shows no memory');
    const module = new WebAssembly.Module(moduleBytes());
    this.kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
    this.compiler = new Compiler(memory);
    this.#memory = memory;
  }

  /** Puts 32-bit integers into memory. */
  write(at: number, values: readonly number[]): void {
    new Int32Array(this.#memory.buffer, at, values.length).set(values);
  }

  /** Where a tensor of the given type lies; it stays there when the heap grows. */
  pointer(tensor: tf.TensorInfo, dtype: 'float32' | 'int32' = 'float32'): number {
    if (tensor.dtype !== dtype) {
      throw new Error(`plugin-backend-wasm: a tensor is ${tensor.dtype}, the kernels need ${dtype}`);
    }
    return this.#backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** A new float32 tensor. */
  output(shape: readonly number[]): tf.TensorInfo {
    return this.#backend.makeOutput([...shape], 'float32');
  }

  /** At least `bytes` bytes, 16-byte aligned, that are the caller's until the kernel returns. Grown on demand, kept. */
  scratch(bytes: number): number {
    if (bytes > this.#scratchBytes) {
      if (this.#scratchBytes > 0) this.#backend.wasm._free(this.#scratch);
      this.#scratch = this.#backend.wasm._malloc(bytes + 16) >>> 0;
      if (this.#scratch === 0) throw new Error(`plugin-backend-wasm: no memory for ${bytes} bytes`);
      this.#scratchBytes = bytes;
    }
    return Math.ceil(this.#scratch / 16) * 16;
  }
}

const heaps = new WeakMap<object, Heap>();

/** The heap of a backend, made when it is first asked for. */
export function heapOf(backend: unknown): Heap {
  const known = heaps.get(backend as object);
  if (known) return known;
  const heap = new Heap(backend as WasmBackend);
  heaps.set(backend as object, heap);
  return heap;
}
