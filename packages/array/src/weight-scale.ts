import type { WeightScaling } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';

/**
 * The digital factors s behind a matrix, W = s · W′ of which the arrays hold W′[inputs, outputs]; without scaling W is W′.
 */
export class WeightScale {
  /** [outputs], or [1] for the whole matrix; undefined where there are none. */
  readonly factors: tf.Variable<tf.Rank.R1> | undefined;

  /** @param weights the initial W, by which columns are scaled */
  constructor(
    readonly scaling: WeightScaling | undefined,
    weights: tf.Tensor2D,
  ) {
    if (!scaling || (scaling.per === 'layer' && !scaling.learn)) return;
    this.factors = tf.tidy(() => tf.variable(initial(scaling, weights), true));
  }

  /** A weight, or a change of it, as the arrays hold it. */
  divided<T extends tf.Tensor>(w: T): T {
    return this.factors ? tf.div<T>(w, this.factors) : w;
  }

  /** What arrays give, or what they are driven with backward, as that of the weights. */
  multiplied<T extends tf.Tensor>(y: T): T {
    return this.factors ? tf.mul<T>(y, this.factors) : y;
  }

  save(): Record<string, tf.Tensor> {
    return this.factors ? { scale: this.factors.clone() } : {};
  }

  load({ scale }: Readonly<Record<string, tf.Tensor>>): void {
    if (scale) this.factors?.assign(scale as tf.Tensor1D);
  }
}

/** The largest |w| of each column by that of the matrix; 1 for columns of zeros. */
function initial({ per }: WeightScaling, weights: tf.Tensor2D): tf.Tensor1D {
  if (per === 'layer') return tf.ones([1]);
  const largest = tf.max<tf.Tensor1D>(tf.abs(weights), 0);
  const relative = tf.div<tf.Tensor1D>(largest, tf.max(largest));
  return tf.where(tf.greater(largest, 0), relative, tf.onesLike(largest));
}
