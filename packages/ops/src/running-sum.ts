import * as tf from '@tensorflow/tfjs';

/** The sum of tensors that are made one after the other, beyond the tidies that they are made in. */
export class RunningSum<T extends tf.Tensor> {
  #sum: T | undefined;

  /** @param make makes a new tensor; what else it makes is let go */
  add(make: () => T): void {
    const before = this.#sum;
    this.#sum = tf.keep(tf.tidy(() => (before ? tf.add<T>(before, make()) : make())));
    before?.dispose();
  }

  /** Ends the sum; the result belongs to the tidy around. @throws Error if nothing was added */
  take(): T {
    if (!this.#sum) throw new Error('a sum of no tensors');
    const result = this.#sum.clone();
    this.#sum.dispose();
    this.#sum = undefined;
    return result as T;
  }
}
