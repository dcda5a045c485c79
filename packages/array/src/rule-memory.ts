import type { Remembered } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';

/** What an update rule remembers of a matrix, by name. */
export class RuleMemory {
  readonly #tensors = new Map<string, tf.Tensor>();

  /** Zeros, until something else is put there. */
  remember(name: string, shape: readonly number[]): Remembered {
    const tensors = this.#tensors;
    if (tensors.has(name)) throw new Error(`the update rule remembers "${name}" twice`);
    tensors.set(name, tf.keep(tf.zeros([...shape])));
    return {
      get value() {
        return tensors.get(name)!;
      },
      set: (next) => this.#put(name, next),
    };
  }

  save(): Record<string, tf.Tensor> {
    return Object.fromEntries([...this.#tensors].map(([name, tensor]) => [name, tensor.clone()]));
  }

  /** Takes over copies of what belongs to the names that are remembered. */
  load(saved: Readonly<Record<string, tf.Tensor>>): void {
    for (const name of this.#tensors.keys()) this.#put(name, saved[name]!.clone());
  }

  dispose(): void {
    tf.dispose([...this.#tensors.values()]);
  }

  #put(name: string, next: tf.Tensor): void {
    const before = this.#tensors.get(name)!;
    this.#tensors.set(name, tf.keep(next));
    if (before !== next) before.dispose();
  }
}
