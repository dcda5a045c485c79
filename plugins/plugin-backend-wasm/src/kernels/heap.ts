import type * as tf from '@tensorflow/tfjs';
import { kernels } from '../generated/kernels.js';
import type { DrawKey } from '@txsim/ops';
import { Compiler } from '../emitter/compile.js';
import { RandomFill } from './random.js';

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
  readonly packTile: Kernel;
  readonly multiplyTile: Kernel;
  readonly multiplyVector: Kernel;
  readonly tileOuter: Kernel;
  readonly addRows: Kernel;
  readonly rowMagnitudes: Kernel;
  readonly rowNorms: Kernel;
  readonly scaleRows: Kernel;
  readonly addScaledRows: Kernel;
  readonly square: Kernel;
  readonly squareRoot: Kernel;
  readonly effectiveConductance: Kernel;
  readonly lineSeverity: Kernel;
  readonly exactCurrents: Measure;
  readonly exactWorkspace: Measure;
  readonly exactGradient: Kernel;
  readonly gradientWorkspace: Measure;
  readonly turnTrains: Kernel;
  readonly partLines: Kernel;
  readonly joinLines: Kernel;
  readonly countPulses: Kernel;
  readonly listWeights: Kernel;
  readonly pulseTrains: Kernel;
  readonly countProducts: Kernel;
  readonly listElements: Measure;
  readonly gatherElements: Kernel;
  readonly scatterElements: Kernel;
  readonly countElements: Kernel;
  readonly pickElements: Kernel;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

interface Area {
  readonly start: number;
  readonly at: number;
  readonly bytes: number;
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
  readonly #areas = new Map<string, Area>();
  readonly #random: RandomFill;
  #integers: Int32Array;
  #floats: Float32Array;

  constructor(backend: WasmBackend) {
    this.#backend = backend;
    const memory = backend.wasm.wasmMemory ?? backend.wasm.asm?.memory;
    if (!memory) throw new Error('plugin-backend-wasm: the wasm backend of tfjs shows no memory');
    const module = new WebAssembly.Module(moduleBytes());
    this.kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
    this.compiler = new Compiler(memory);
    this.#memory = memory;
    this.#integers = new Int32Array(memory.buffer);
    this.#floats = new Float32Array(memory.buffer);
    this.#random = new RandomFill(this, this.compiler);
  }

  /** The memory as 32-bit integers. Taken anew where memory is allocated: growth puts it elsewhere. */
  get integers(): Int32Array {
    if (this.#integers.buffer !== this.#memory.buffer) this.#integers = new Int32Array(this.#memory.buffer);
    return this.#integers;
  }

  /** The memory as float32; see `integers`. */
  get floats(): Float32Array {
    if (this.#floats.buffer !== this.#memory.buffer) this.#floats = new Float32Array(this.#memory.buffer);
    return this.#floats;
  }

  /** Puts 32-bit integers into memory. */
  write(at: number, values: readonly number[]): void {
    this.integers.set(values, at >> 2);
  }

  /** Where a tensor of the given type lies; it stays there when the heap grows. */
  pointer(tensor: tf.TensorInfo, dtype: 'float32' | 'int32' = 'float32'): number {
    if (tensor.dtype !== dtype) {
      throw new Error(`plugin-backend-wasm: a tensor is ${tensor.dtype}, the kernels need ${dtype}`);
    }
    return this.#backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** A new tensor, not cleared. */
  output(shape: readonly number[], dtype: 'float32' | 'int32' = 'float32'): tf.TensorInfo {
    return this.#backend.makeOutput([...shape], dtype);
  }

  /** A new float32 tensor of zeros. */
  zeros(shape: readonly number[]): tf.TensorInfo {
    const out = this.output(shape);
    const at = this.pointer(out) >> 2;
    this.floats.fill(0, at, at + sizeOf(shape));
    return out;
  }

  /**
   * A float32 tensor with the values of another one, for kernels that work in place: new, or in the place of the other one if
   * that is spent and nobody else has its data.
   */
  own({ dataId, shape, dtype }: tf.TensorInfo, spent = false): tf.TensorInfo {
    if (!spent || this.#backend.refCount(dataId) > 1) return this.#copy({ dataId, shape, dtype });
    this.#backend.incRef(dataId);
    return { dataId, shape, dtype };
  }

  #copy(tensor: tf.TensorInfo): tf.TensorInfo {
    const out = this.output(tensor.shape);
    const from = this.pointer(tensor) >> 2;
    this.floats.copyWithin(this.pointer(out) >> 2, from, from + sizeOf(tensor.shape));
    return out;
  }

  /** The memory, for modules that are made at run time. */
  get memory(): WebAssembly.Memory {
    return this.#memory;
  }

  /** Elements `first … first + count − 1` of a draw, to `out`. */
  fillRandom(key: DrawKey, first: number, count: number, out: number): void {
    this.#random.run(key, first, count, out);
  }

  /** Some elements of a draw, at most 2048 of them; see `RandomFill.listed`. @param list their numbers */
  fillRandomListed(key: DrawKey, count: number, list: number, out: number): void {
    this.#random.listed(key, count, list, out);
  }

  /**
   * At least `bytes` bytes, 16-byte aligned, that are the caller's until the kernel returns; areas of different names
   * do not overlap. Grown on demand, kept.
   */
  scratch(bytes: number, name = 'kernel'): number {
    const known = this.#areas.get(name);
    if (known && known.bytes >= bytes) return known.at;
    if (known) this.#backend.wasm._free(known.start);
    const start = this.#backend.wasm._malloc(bytes + 16) >>> 0;
    if (start === 0) throw new Error(`plugin-backend-wasm: no memory for ${bytes} bytes`);
    const area = { start, at: Math.ceil(start / 16) * 16, bytes };
    this.#areas.set(name, area);
    return area.at;
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
