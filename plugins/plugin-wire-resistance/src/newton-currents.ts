import { asArrays } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { bitLines, of, wordLines, type CurvedCircuit } from './curved-lines.js';

/** Sweeps over both sides; nothing is read back, so their number is fixed. */
const SWEEPS = 16;
/** Cells that are solved at a time: 16 MB for each quantity. */
const CHUNK = 2 ** 22;

/**
 * The currents [..., K, N] out of the bit lines of arrays g[..., M, N] with cells G · f(V) for volts [..., K, M], every vector
 * a network of its own; amperes.
 *
 * Newton's method and the sweeps over lines are one iteration: bit lines, then word lines are solved with the cells'
 * tangents at the last voltages. It begins with the full drive across every cell, the steep side of curves that bend
 * upwards, and Anderson's acceleration of depth one takes out the slowest mode of each vector.
 */
export function newtonCurrents(volts: tf.Tensor4D, g: tf.Tensor4D, circuit: CurvedCircuit): tf.Tensor4D {
  return tf.tidy(() => {
    const [M, N] = g.shape.slice(-2) as [number, number];
    const vectors = volts.shape[2];
    const [V, G] = [volts.reshape<tf.Tensor2D>([-1, M]), asArrays(g)];
    const size = Math.max(1, Math.floor(CHUNK / (M * N)));
    const parts: tf.Tensor[] = [];
    for (let first = 0; first < V.shape[0]; first += size) {
      const count = Math.min(size, V.shape[0] - first);
      const arrays = Array.from({ length: count }, (_, k) => Math.floor((first + k) / vectors));
      parts.push(
        tf.tidy(() => solved(tf.slice(V, first, count), tf.gather(G, tf.tensor1d(arrays, 'int32')), circuit)),
      );
    }
    const [tileRows, tileColumns] = g.shape;
    return tf.concat(parts).reshape<tf.Tensor4D>([tileRows, tileColumns, vectors, N]);
  });
}

/** [S, N] amperes of circuits g[S, M, N] for volts [S, M]. */
function solved(volts: tf.Tensor, g: tf.Tensor, circuit: CurvedCircuit): tf.Tensor {
  const span = tf.sub(tf.max(tf.relu(volts), 1), tf.min(tf.minimum(volts, 0), 1)).reshape([-1, 1, 1]);
  let u = tf.broadcastTo(volts.expandDims(2), g.shape);
  let v: tf.Tensor = tf.zerosLike(g);
  let last: Step | undefined;
  for (let n = 0; n < SWEEPS; n++) {
    const next = tf.tidy(() => {
      const bits = bitLines({ g, u, v, span }, circuit);
      const swept = wordLines(volts, { g, u, v: bits, span }, circuit);
      const step = { swept, change: tf.sub(swept, u) };
      return { v: bits, u: last && n < SWEEPS - 1 ? accelerated(step, last) : swept, ...step };
    });
    tf.dispose([u, v, last ? [last.swept, last.change] : []]);
    ({ u, v } = next);
    last = next;
  }
  return tf.sum(tf.mul(g, of(circuit.current, tf.sub(u, v))), 1);
}

interface Step {
  readonly swept: tf.Tensor;
  readonly change: tf.Tensor;
}

/** The combination of two steps with the least change, for each circuit (D. G. Anderson, J. ACM 12, 1965). */
function accelerated({ swept, change }: Step, last: Step): tf.Tensor {
  const fall = tf.sub(change, last.change);
  const dot = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.mul(a, b), [1, 2], true);
  const weight = tf.divNoNan(dot(change, fall), dot(fall, fall));
  return tf.sub(swept, tf.mul(weight, tf.sub(swept, last.swept)));
}
