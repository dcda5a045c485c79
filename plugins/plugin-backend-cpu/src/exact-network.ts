import { type Crossbar, exactSolver } from '@txsim/circuit-models';
import type { NetworkAttributes } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** What the kernels use of tfjs' cpu backend. */
interface CpuBackend {
  readSync(id: tf.DataId): Float32Array;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): tf.TensorInfo;
}

/** A thousandth of what float32 keeps of it: the float64 solver costs hardly more for it. */
const TOLERANCE = 1e-9;

/** Currents [..., K, N] for volts [..., K, M], or for one volt on each word line in turn, by the float64 solver. */
function solve(
  backend: CpuBackend,
  g: tf.TensorInfo,
  volts: tf.TensorInfo | undefined,
  a: NetworkAttributes,
): tf.TensorInfo {
  const [M, N] = g.shape.slice(-2) as [number, number];
  const leading = g.shape.slice(0, -2);
  const arrays = tf.util.sizeFromShape(leading);
  const K = volts ? volts.shape.at(-2)! : M;
  const cells = Float64Array.from(backend.readSync(g.dataId));
  const drives = volts && Float64Array.from(backend.readSync(volts.dataId));
  const network = { row: a.row, column: a.column, source: a.rowEnd - a.row, sink: a.columnEnd - a.column };
  const out = new Float32Array(arrays * K * N);
  for (let array = 0; array < arrays; array++) {
    const conductances = cells.subarray(array * M * N, (array + 1) * M * N);
    const crossbar: Crossbar = { rows: M, columns: N, conductances, network };
    const vectors = Array.from({ length: K }, (_, k) =>
      drives
        ? drives.slice((array * K + k) * M, (array * K + k + 1) * M)
        : new Float64Array(M).fill(1, k, k + 1),
    );
    exactSolver(crossbar, { tolerance: TOLERANCE })
      .solveAll(vectors)
      .forEach(({ currents }, k) => out.set(currents, (array * K + k) * N));
  }
  return backend.makeTensorInfo([...leading, K, N], 'float32', out);
}

/**
 * `exactCurrents` and `exactConductance` of @txsim/ops by the float64 solver of @txsim/circuit-models, which is faster
 * here than their reference compositions, and more exact.
 */
export function registerKernels(): void {
  for (const kernelName of ['TxExactCurrents', 'TxExactConductance']) {
    if (tf.getKernel(kernelName, 'cpu')) continue;
    tf.registerKernel({
      kernelName,
      backendName: 'cpu',
      kernelFunc: ({ inputs, attrs, backend }) => {
        const { g, volts } = inputs as { g: tf.TensorInfo; volts?: tf.TensorInfo };
        return solve(backend as CpuBackend, g, volts, attrs as unknown as NetworkAttributes);
      },
    });
  }
}
