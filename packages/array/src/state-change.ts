import {
  constant,
  evaluateAll,
  input,
  isSame,
  simplify,
  substitute,
  type Draw,
  type Expression,
  type NamedTensors,
  type Still,
} from '@txsim/ops';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { inWindow } from './program.js';

/** What is asked of devices, and the window in which they stay. */
interface Asked {
  /** The names of the tensors of what is asked for. */
  readonly requests: readonly string[];
  readonly window: { readonly gMin: number; readonly gMax: number };
}

/**
 * What becomes of the states of devices when something is asked of them. Read off the expressions is what need not be
 * computed: states that no request reaches, and, where a request of nothing leaves every device as it is whatever its noise,
 * devices of which nothing is asked.
 */
export class StateChange {
  readonly #states: readonly string[];
  readonly #changing: readonly string[];
  readonly #next: readonly Expression[];
  readonly #still: Still | undefined;

  /**
   * @param states the names of the states
   * @param next what becomes of each, of states that lie in the window
   */
  constructor(states: readonly string[], next: readonly Expression[], { requests, window }: Asked) {
    this.#states = states;
    const stays = (e: Expression, k: number): boolean =>
      isSame(simplify(e, { rewrite: unclipped(states, window) }), input(states[k]!));
    const reached = states.map((_, k) => k).filter((k) => !stays(next[k]!, k));
    this.#changing = reached.map((k) => states[k]!);
    this.#next = reached.map((k) => simplify(next[k]!));
    const nothing = Object.fromEntries(requests.map((name) => [name, constant(0)]));
    const still = reached.every((k) => stays(substitute(next[k]!, nothing), k));
    if (still) this.#still = { states: this.#changing, requests, spent: true };
  }

  /**
   * The next states. Those before may be written over: they are to be disposed of, and are not looked at again.
   *
   * @param inputs the states, what is asked for, and what else the expressions name
   */
  next(inputs: NamedTensors, shape: readonly number[], noise: Draw): Tensor4D[] {
    const made = evaluateAll(this.#next, inputs, shape, noise, this.#still);
    return withUnchanged(this.#states, this.#changing, made, inputs);
  }
}

/** All states in order, of which only some were made anew. @param inputs has the others */
export const withUnchanged = (
  states: readonly string[],
  changing: readonly string[],
  made: readonly Tensor[],
  inputs: NamedTensors,
): Tensor4D[] =>
  states.map((name) => {
    const k = changing.indexOf(name);
    return (k < 0 ? inputs[name]!.clone() : made[k]!) as Tensor4D;
  });

/** Clipped to the window, a state is what it was. */
function unclipped(states: readonly string[], window: Asked['window']): (e: Expression) => Expression {
  const atRest = states.map(input);
  const clipped = atRest.map((state) => simplify(inWindow(state, window)));
  return (e) => atRest[clipped.findIndex((c) => isSame(c, e))] ?? e;
}
