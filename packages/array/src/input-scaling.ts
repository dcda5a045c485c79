import type { Dac, InputScale, LearnedScale } from '@txsim/core';
import { SMALLEST_SCALE, type Direction } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** Below this share of inputs that saturate, a range is pulled towards 0. */
const FEW = 0.05;

/** A scale that a read cannot find for itself from the vector alone. */
type ManagedScale = Exclude<InputScale, 'absMax' | number>;

/** The scale of a direction: what is learned is the range of the forward one. */
export const scaleOf = ({ scale }: Dac, direction: Direction): InputScale =>
  direction === 'backward' && typeof scale === 'object' && 'learn' in scale ? 'absMax' : scale;

/** Whether a read finds the scale by itself. */
export const isOwn = (scale: InputScale): scale is 'absMax' | number =>
  typeof scale === 'number' || scale === 'absMax';

/** What input vectors are divided by (noise management), with the memory that it has. */
export class InputScaling {
  /** The range that is learned. */
  readonly range: tf.Variable<tf.Rank.R0> | undefined;
  /** Of the moving average: the sum of what was seen, and of its weights. */
  #average: tf.Tensor1D | undefined;

  constructor(readonly scale: InputScale) {
    if (typeof scale !== 'object') return;
    if ('learn' in scale) this.range = tf.tidy(() => tf.variable(tf.scalar(scale.learn), true));
    else this.#average = tf.keep(tf.zeros<tf.Rank.R1>([2]));
  }

  /** Whether each vector has a scale of its own. */
  get perVector(): boolean {
    return this.scale === 'absMax' || this.scale === 'max';
  }

  /** [batch, 1], or a scalar. @param lines [batch, …]; vectors where the scale is one of each */
  of(lines: tf.Tensor): tf.Tensor {
    if (typeof this.scale === 'number') return tf.scalar(this.scale);
    const found = this.perVector ? this.#ofEach(lines) : (this.range ?? this.#averaged(lines));
    return tf.maximum(found, SMALLEST_SCALE);
  }

  /**
   * Gradients behind a range that is learned: at the inputs, none where they saturate, and at the range.
   *
   * @param dx the gradient at what the arrays are driven with, like x
   */
  gradients(x: tf.Tensor, dx: tf.Tensor): { x: tf.Tensor; range: tf.Scalar } {
    const { decay } = this.scale as LearnedScale;
    const range = this.range!;
    const saturates = tf.greater(tf.abs(x), range);
    const none = tf.zerosLike(dx);
    const pull = tf.where(tf.less(tf.mean(tf.cast(saturates, 'float32')), FEW), tf.mul(range, decay), 0);
    const ofSaturated = tf.sum(tf.where(saturates, tf.mul(tf.sign(x), dx), none));
    return { x: tf.where(saturates, none, dx), range: tf.add(ofSaturated, pull) };
  }

  save(): Record<string, tf.Tensor> {
    return {
      ...(this.range && { range: this.range.clone() }),
      ...(this.#average && { average: this.#average.clone() }),
    };
  }

  load({ range, average }: Readonly<Record<string, tf.Tensor>>): void {
    if (range) this.range?.assign(range as tf.Scalar);
    if (average) this.#remember(average.clone() as tf.Tensor1D);
  }

  dispose(): void {
    this.range?.dispose();
    this.#average?.dispose();
  }

  #ofEach(vectors: tf.Tensor): tf.Tensor {
    return tf.max(this.scale === 'max' ? vectors : tf.abs(vectors), 1, true);
  }

  #averaged(lines: tf.Tensor): tf.Tensor {
    const { average } = this.scale as Extract<ManagedScale, { average: number }>;
    const seen = tf.mean(tf.max(tf.abs(lines.reshape([lines.shape[0]!, -1])), 1));
    const next = tf.add(tf.mul(this.#average!, average), tf.mul(tf.stack([seen, tf.scalar(1)]), 1 - average));
    this.#remember(next as tf.Tensor1D);
    const [sum, weight] = tf.unstack(next) as [tf.Tensor, tf.Tensor];
    return tf.div(sum, weight);
  }

  #remember(average: tf.Tensor1D): void {
    this.#average?.dispose();
    this.#average = tf.keep(average);
  }
}
