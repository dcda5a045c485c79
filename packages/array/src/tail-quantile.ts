import { largestMagnitudes } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { quantile } from './quantile.js';

/** Values that are held before some are let go: 4 MB. */
const HELD = 2 ** 20;
/** Values that are always kept. */
const KEPT = 2 ** 17;

/**
 * The q-quantile of |values| that come in pieces, from the largest of them: of n values it lies between two of the
 * ⌈(1 − q)(n − 1)⌉ + 1 largest.
 *
 * How many will come is not known. Kept are twice the share 1 − q of the rounds so far, the one that has begun as a whole, and
 * at least 2^17 values. So the quantile of one round is exact, and that of 2^17 / (1 − q) values (1.3·10⁸ for q = 0.999). That
 * of more is exact, too, unless the first rounds have more than twice their share of the values above it; it is then too
 * low.
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
    this.#hold(() => values.flatten());
    this.#seen += values.size;
    this.#pieces++;
    const kept = this.#kept();
    if (this.#size > Math.max(HELD, 2 * kept)) this.#hold(() => largestMagnitudes(this.#taken(), kept));
  }

  /** The quantile; undefined if there was no value. All that was held is gone. */
  async take(): Promise<number | undefined> {
    if (this.#seen === 0) return undefined;
    const above = this.#seen - Math.floor(this.q * (this.#seen - 1));
    const tail = tf.tidy(() => largestMagnitudes(this.#taken(), above));
    const values = (await tail.data()).slice() as Float32Array;
    tail.dispose();
    return quantile(values, this.q, this.#seen);
  }

  dispose(): void {
    tf.dispose(this.#held);
  }

  #kept(): number {
    const rounds = Math.ceil(this.#pieces / this.round);
    const ofRounds = (this.#seen / this.#pieces) * this.round * rounds;
    return Math.max(KEPT, Math.ceil(2 * (1 - this.q) * ofRounds) + 1);
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
