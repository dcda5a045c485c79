import type { SpeedupSession, WireSolver } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';

/**
 * A method plus an exact offset: Geff ≈ method(G) + O, O = exact(G₀) − method(G₀) of the conductances G₀ at which an array
 * was last solved exactly. Each array is solved anew every `every` steps, in turn, so that no step pays for all.
 */
export class AnchoredSession implements SpeedupSession {
  /** [arrays, M, N] siemens. */
  #offset: tf.Tensor3D | undefined;
  #step = 0;

  /** @param every steps between two exact solutions of an array, ≥ 1 */
  constructor(readonly every: number) {}

  effective(g: tf.Tensor4D, step: number, solve: WireSolver, exact?: WireSolver): tf.Tensor4D {
    const method = solve(g);
    // Without a network to compare with there is nothing to anchor to.
    if (!exact) return method;
    const result = tf.tidy(() => {
      for (const [from, to] of this.#due(step, g.shape[0] * g.shape[1]))
        this.#anchor(g, method, from, to, exact);
      this.#step = step;
      return tf.add(method, this.#offset!.reshape(g.shape)) as tf.Tensor4D;
    });
    method.dispose();
    return result;
  }

  save(): Record<string, tf.Tensor> {
    return this.#offset ? { offset: this.#offset.clone(), step: tf.scalar(this.#step, 'int32') } : {};
  }

  async load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void> {
    this.dispose();
    const { offset, step } = saved;
    if (!offset || !step) return;
    this.#offset = tf.keep(offset.clone() as tf.Tensor3D);
    this.#step = (await step.data())[0]!;
  }

  dispose(): void {
    this.#offset?.dispose();
    this.#offset = undefined;
  }

  /** Runs of arrays, [first, behind the last], whose turn has come since the last step. */
  #due(step: number, arrays: number): [number, number][] {
    if (!this.#offset || step - this.#step >= this.every) return [[0, arrays]];
    const turnOf = (k: number): number => Math.ceil((k * arrays) / this.every);
    const due: [number, number][] = [];
    for (let s = this.#step + 1; s <= step; s++) {
      const turn = s % this.every;
      const [from, to] = [turnOf(turn), turnOf(turn + 1)];
      if (from < to) due.push([from, to]);
    }
    return due;
  }

  #anchor(g: tf.Tensor4D, method: tf.Tensor4D, from: number, to: number, exact: WireSolver): void {
    const [R, C, M, N] = g.shape;
    const part = (t: tf.Tensor): tf.Tensor4D =>
      t
        .reshape([R * C, M, N])
        .slice([from, 0, 0], [to - from, M, N])
        .expandDims<tf.Tensor4D>(0);
    const fresh = tf.sub(exact(part(g)), part(method)).squeeze<tf.Tensor3D>([0]);
    const before = this.#offset;
    const rest = (first: number, count: number): tf.Tensor3D[] =>
      count > 0 ? [before!.slice([first, 0, 0], [count, M, N])] : [];
    this.#offset = tf.keep(tf.concat([...rest(0, from), fresh, ...rest(to, R * C - to)], 0)) as tf.Tensor3D;
    before?.dispose();
  }
}
