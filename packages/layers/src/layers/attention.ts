import * as tf from '@tensorflow/tfjs';

/** Steps that may not be seen get this score; its exponential is 0. */
const UNSEEN = -1e9;

/** How queries attend. */
export interface AttentionOptions {
  readonly heads: number;
  readonly causal: boolean;
  /** Fraction that is left out. */
  readonly dropout: number;
}

/**
 * softmax(q·kᵀ / √size)·v in each of the heads that lie side by side: q[batch, steps, heads · size], k[batch, sources,
 * heads · size], v[batch, sources, heads · n] → [batch, steps, heads · n].
 *
 * Source: Vaswani et al., "Attention is all you need", NeurIPS 2017, equation 1.
 */
export function attention(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  { heads, causal, dropout }: AttentionOptions,
): tf.Tensor {
  const [queries, keys, values] = [q, k, v].map((x) => apart(x, heads));
  const scores = tf.matMul(tf.mul(queries!, Math.sqrt(heads / q.shape[2]!)), keys!, false, true);
  const seen = causal ? tf.add(scores, later(q.shape[1]!, k.shape[1]!)) : scores;
  const weights = tf.softmax(seen);
  const kept = dropout > 0 ? tf.dropout(weights, dropout) : weights;
  const found = tf.matMul(kept, values!);
  return tf.transpose(found, [0, 2, 1, 3]).reshape([-1, q.shape[1]!, v.shape[2]!]);
}

/** [batch, steps, heads · n] → [batch, heads, steps, n] */
function apart(x: tf.Tensor, heads: number): tf.Tensor {
  const [, steps, width] = x.shape as [number, number, number];
  return tf.transpose(x.reshape([-1, steps, heads, width / heads]), [0, 2, 1, 3]);
}

/** [steps, sources]: 0 where the source is no later than the step. */
function later(steps: number, sources: number): tf.Tensor {
  const isLater = tf.less(tf.range(0, steps).reshape([steps, 1]), tf.range(0, sources));
  return tf.mul(isLater.toFloat(), UNSEEN);
}
