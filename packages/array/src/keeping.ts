import { PluginError } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { Growth } from './growth.js';

/** A call of a contribution. */
interface Caller {
  readonly by: string;
  readonly stage: string;
}

/** What a contribution keeps at a stage. */
class Kept {
  tensors: tf.Tensor[] = [];
  count = 0;
  readonly growth = new Growth();

  constructor(readonly caller: Caller) {}
}

/** Which contributions of a strict run keep tensors from being tidied up, and keep more and more of them. */
export class Keeping {
  readonly #calling: Caller[] = [];
  readonly #kept = new Map<string, Kept>();

  /** Calls a contribution; what it keeps meanwhile is noted as its own. */
  during<T>(caller: Caller, call: () => T): T {
    const engine = tf.engine();
    if (this.#calling.length === 0) {
      const keep = engine.keep.bind(engine);
      engine.keep = (tensor) => {
        this.#note(this.#calling.at(-1)!, tensor);
        return keep(tensor);
      };
    }
    this.#calling.push(caller);
    try {
      return call();
    } finally {
      this.#calling.pop();
      // What was assigned hides the method.
      if (this.#calling.length === 0) delete (engine as Partial<typeof engine>).keep;
    }
  }

  /**
   * Counts what is still there.
   *
   * @param when for messages, e.g. `step 12`
   * @throws PluginError CONTRIBUTION_LEAK naming the contribution whose tensors become more step after step
   */
  settle(when: string): void {
    for (const kept of this.#kept.values()) {
      kept.tensors = kept.tensors.filter((tensor) => !tensor.isDisposed);
      const more = kept.tensors.length - kept.count;
      kept.count = kept.tensors.length;
      if (!kept.growth.leaks(more)) continue;
      const last = kept.tensors.at(-1)!.shape.join(', ');
      const detail = `${more} tensors kept more than before, as in the steps before it, the last one [${last}]`;
      throw new PluginError('CONTRIBUTION_LEAK', kept.caller.by, `${when}, ${kept.caller.stage}: ${detail}`);
    }
  }

  #note(caller: Caller, tensor: tf.Tensor): void {
    const key = `${caller.by} ${caller.stage}`;
    const kept = this.#kept.get(key) ?? new Kept(caller);
    this.#kept.set(key, kept);
    kept.tensors.push(tensor);
  }
}
