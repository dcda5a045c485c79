import { largestMagnitudes } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { quantile } from './quantile.js';

/** Values that are always kept: 2 MB. */
const ALWAYS = 2 ** 19;

/**
 * The q-quantile of |values| that come in pieces, from the largest of them: of n values it lies between two of the
 * ⌈(1 − q)(n − 1)⌉ + 1 largest. The others are let go as soon as there are as many of them as of those that are kept.
 *
 * How many will come is not known. Kept are 2^19 values, or twice the share 1 − q of the rounds so far, if that is more. So
 * the quantile of 2^19 / (1 − q) values (5·10⁸ for q = 0.999) is exact. That of more is exact, too, unless the first
 * rounds have more than twice their share of the values above it; it is then too low.
 */
export class TailQuantile {
  #held: tf.Tensor1D[] = [];
  /** Values that are held, values that were seen, and in how many pieces. */
  #size = 0;
  #seen = 0;
  #pieces = 0;

  /** @param round pieces that come together: those of one read, which have distributions of their own */
  constructor(
    readonly q: number,
    readonly round: number,
  ) {}

  add(values: tf.Tensor): void {
    this.#hold(() => tf.abs(values).flatten());
    this.#seen += values.size;
    this.#pieces++;
    const wanted = this.#wanted();
    if (this.#size > 2 * wanted) this.#hold(() => largestMagnitudes(this.#taken(), wanted));
  }

  /** The quantile; undefined if there was no value. All that was held is gone. */
  async take(): Promise<number | undefined> {
    if (this.#seen === 0) return undefined;
    const all = tf.tidy(() => this.#taken());
    const values = (await all.data()).slice() as Float32Array;
    all.dispose();
    return quantile(values, this.q, this.#seen);
  }

  dispose(): void {
    tf.dispose(this.#held);
  }

  #wanted(): number {
    const rounds = Math.ceil(this.#pieces / this.round);
    const ofRounds = (this.#seen / this.#pieces) * this.round * rounds;
    return Math.max(ALWAYS, Math.ceil(2 * (1 - this.q) * ofRounds) + 1);
  }

  #hold(make: () => tf.Tensor1D): void {
    const made = tf.tidy(() => tf.keep(make()));
    this.#held.push(made);
    this.#size += made.size;
  }

  /** All that is held, as one tensor of the tidy around. */
  #taken(): tf.Tensor1D {
    const all = tf.concat1d(this.#held);
    tf.dispose(this.#held);
    this.#held = [];
    this.#size = 0;
    return all;
  }
}
