import { Growth, Inspection } from '@txsim/array';
import { PluginError } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';

/** Looks at each step of a strict run: values at the boundaries of stages, and tensors that are left behind. */
export class StepWatch {
  readonly inspection = new Inspection();
  readonly #growth = new Growth();
  #tensors = Infinity;

  /** @param losses that a step adds: one of the network, one of its digital twin */
  constructor(readonly losses: number) {}

  /**
   * @param when for messages, e.g. `step 12`
   * @throws PluginError CONTRIBUTION_VALUE, CONTRIBUTION_LEAK
   */
  async settle(when: string): Promise<void> {
    await this.inspection.settle(when);
    const { numTensors } = tf.memory();
    const kept = numTensors - this.#tensors - this.losses;
    this.#tensors = numTensors;
    if (!this.#growth.leaks(kept)) return;
    const detail = `${when}: ${kept} tensors more than before, as in the steps before it`;
    throw new PluginError('CONTRIBUTION_LEAK', 'step', detail);
  }

  dispose(): void {
    this.inspection.dispose();
  }
}
