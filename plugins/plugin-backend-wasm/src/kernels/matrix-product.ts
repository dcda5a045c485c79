import * as tf from '@tensorflow/tfjs';
import { sizeOf } from './arguments.js';
import type { Heap } from './heap.js';

/** Bytes that `gemm` needs; see `assembly/matrix/gemm.ts`. */
export const WORKSPACE = 160 + 4 * 256 * (240 + 768);

export interface Transposition {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** For every batch of the output the number of the batch of an operand, which broadcasts as in tfjs. */
function batches(dims: readonly number[], outer: readonly number[]): number[] {
  let numbers = [0];
  let step = 1;
  const steps = dims.map(() => 0);
  for (let d = dims.length - 1; d >= 0; d--) {
    steps[d] = dims[d] === 1 ? 0 : step;
    step *= dims[d]!;
  }
  outer.forEach((size, d) => {
    const stepOf = steps[d - (outer.length - dims.length)] ?? 0;
    numbers = numbers.flatMap((n) => Array.from({ length: size }, (_, i) => n + i * stepOf));
  });
  return numbers;
}

/**
 * C[…, m, n] = op(A)[…, m, k] · op(B)[…, k, n]. When all batches share one B, and A is not transposed, they are rows
 * of one product.
 */
export function matrixProduct(
  heap: Heap,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  t: Transposition,
): tf.TensorInfo {
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [m, k] = t.transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, n] = t.transposeB ? [bColumns, bRows] : [bRows, bColumns];
  if (k !== inner)
    throw new Error(`matMul: [${a.shape}] and [${b.shape}] share no inner size (${k} and ${inner})`);
  const [aOuter, bOuter] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(aOuter, bOuter);
  const [pa, pb] = [heap.pointer(a), heap.pointer(b)];
  const out = heap.output([...outer, m, n]);
  const workspace = heap.scratch(WORKSPACE);
  const product = (rows: number, atA: number, atB: number, atOut: number): void =>
    heap.kernels.gemm(rows, n, k, atA, 4 * aColumns, +!!t.transposeA, atB, 4 * bColumns, +!!t.transposeB, atOut, workspace, 0); // prettier-ignore
  const pc = heap.pointer(out);
  if (sizeOf(bOuter) === 1 && !t.transposeA) product(sizeOf(outer) * m, pa, pb, pc);
  else {
    const ofB = batches(bOuter, outer);
    batches(aOuter, outer).forEach((batch, i) =>
      product(m, pa + 4 * batch * m * k, pb + 4 * ofB[i]! * k * n, pc + 4 * i * m * n),
    );
  }
  return out;
}
