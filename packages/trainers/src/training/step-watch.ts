import { Growth, Inspection } from '@txsim/array';
import { PluginError } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';

/** What a step gives back for good: the losses of the network and of its digital twin. */
const LOSSES = 2;

/** Looks at each step of a strict run: values at the boundaries of stages, and tensors that are left behind. */
export class StepWatch {
  readonly inspection = new Inspection();
  readonly #growth = new Growth();
  #tensors = Infinity;

  /**
   * @param when for messages, e.g. `step 12`
   * @throws PluginError CONTRIBUTION_VALUE, CONTRIBUTION_LEAK
   */
  async settle(when: string): Promise<void> {
    await this.inspection.settle(when);
    const { numTensors } = tf.memory();
    const kept = numTensors - this.#tensors - LOSSES;
    this.#tensors = numTensors;
    if (!this.#growth.leaks(kept)) return;
    const detail = `${when}: ${kept} tensors more than before, as in the steps before it`;
    throw new PluginError('CONTRIBUTION_LEAK', 'trainer', detail);
  }

  dispose(): void {
    this.inspection.dispose();
  }
}
