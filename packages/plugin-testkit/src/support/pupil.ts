import type { UpdateRule, UpdateSignal } from '@txsim/core';
import { RunningSum, tileOuter } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { IdealArrays, type IdealOptions } from './ideal-arrays.js';

/** A matrix of ideal devices that learns by an update rule, outside of a simulation. */
export class Pupil {
  readonly arrays: readonly IdealArrays[];
  /** What the rule remembers, by name. */
  readonly memory = new Map<string, tf.Tensor>();
  readonly #significances: readonly number[];
  readonly #learn: (signal: UpdateSignal) => void;
  #updates = 0;
  #samples = 0;

  constructor(
    rule: UpdateRule,
    readonly options: IdealOptions,
  ) {
    const { name = 'testkit' } = options;
    this.#significances = rule.significances ?? [1];
    this.arrays = this.#significances.map(
      (_, k) => new IdealArrays({ ...options, name: k === 0 ? name : `${name}/${k}` }),
    );
    const { memory } = this;
    this.#learn = rule.open({
      arrays: this.arrays,
      remember: (key, shape) => {
        memory.set(key, tf.keep(tf.zeros([...shape])));
        return {
          get value() {
            return memory.get(key)!;
          },
          set: (next) => {
            const before = memory.get(key)!;
            memory.set(key, tf.keep(next));
            if (before !== next) before.dispose();
          },
        };
      },
    });
  }

  /**
   * Learns a mini-batch x[samples, inputs], d[samples, outputs].
   * @param parts how many samples are shown at a time; absent: all
   */
  learn(x: tf.Tensor2D, d: tf.Tensor2D, rate: number, parts: readonly number[] = [x.shape[0]]): void {
    const { grid } = this.options;
    const inParts = (visit: (x: tf.Tensor2D, d: tf.Tensor2D, first: number) => void): void => {
      let first = 0;
      for (const count of parts) {
        const [from, samples] = [first, count];
        tf.tidy(() => visit(x.slice(from, samples), d.slice(from, samples), from));
        first += count;
      }
    };
    tf.tidy(() =>
      this.#learn({
        step: this.#updates,
        rate,
        largest: () => ({ x: tf.max(tf.abs(x)), d: tf.max(tf.abs(d)) }),
        gradient: (factor = 1) => {
          const sum = new RunningSum<tf.Tensor4D>();
          inParts((some, errors) => sum.add(() => tileOuter(some, tf.mul(errors, factor), grid)));
          return sum.take();
        },
        forEachPart: (visit) =>
          inParts((some, errors, first) => visit({ x: some, d: errors, firstSample: this.#samples + first })),
      }),
    );
    this.#updates++;
    this.#samples += x.shape[0];
  }

  /** The weights, Σ significance · w_k, in the layout of the tiles. */
  get tiles(): tf.Tensor4D {
    return tf.tidy(() =>
      tf.addN(this.arrays.map(({ tiles }, k) => tf.mul<tf.Tensor4D>(tiles, this.#significances[k]!))),
    );
  }

  dispose(): void {
    for (const arrays of this.arrays) arrays.dispose();
    tf.dispose([...this.memory.values()]);
  }
}
