import type { CurvedCurrents, SpeedupSession, WireModel, WireSolver } from '@txsim/core';
import type { ClosedForm, Direction } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';

/** The place of the method in a checkpoint. */
const METHOD = 'wire.method';

/**
 * The wires of one matrix: which of the model's methods is in use, and the memory of its timing per plane and direction.
 */
export class Wires {
  #method = 0;
  readonly #sessions = new Map<string, SpeedupSession>();

  constructor(
    readonly model: WireModel,
    readonly speedup: ArrayModel['speedup'],
  ) {}

  /** The name of the method in use. */
  get method(): string {
    return this.model.methods[this.#method]!.name;
  }

  /** Takes the next method; false where there is none. */
  escalate(): boolean {
    if (this.#method + 1 >= this.model.methods.length) return false;
    this.#begin(this.#method + 1);
    return true;
  }

  /** The effective conductances of one plane at a step. */
  effective(g: tf.Tensor4D, plane: number, step: number, direction: Direction): tf.Tensor4D {
    const { network } = this.model;
    const solve: WireSolver = (now) => this.model.methods[this.#method]!.effective(now, direction);
    const exact: WireSolver | undefined = network && ((now) => network.conductance(now, direction));
    return this.#session(`${direction}.${plane}`)?.effective(g, step, solve, exact) ?? solve(g);
  }

  /** The method in use, where it is a closed form that is evaluated at every step. */
  closedForm(direction: Direction): ClosedForm | undefined {
    const { closedForm, policy = this.speedup } = this.model.methods[this.#method]!;
    return !policy || policy.everyStep ? closedForm?.(direction) : undefined;
  }

  /** See `WireMethod`. */
  get curved(): CurvedCurrents | undefined {
    return this.model.methods[this.#method]!.curved;
  }

  save(): Record<string, tf.Tensor> {
    const saved: Record<string, tf.Tensor> = { [METHOD]: tf.scalar(this.#method, 'int32') };
    for (const [name, session] of this.#sessions) {
      for (const [key, tensor] of Object.entries(session.save())) saved[`speedup.${name}.${key}`] = tensor;
    }
    return saved;
  }

  async load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void> {
    const method = (await saved[METHOD]?.data())?.[0] ?? 0;
    if (method !== this.#method) this.#begin(method);
    const sessions = new Map<string, Record<string, tf.Tensor>>();
    for (const [path, tensor] of Object.entries(saved)) {
      const match = /^speedup\.(\w+\.\d+)\.(.+)$/.exec(path);
      if (match) sessions.set(match[1]!, { ...sessions.get(match[1]!), [match[2]!]: tensor });
    }
    // A session that the checkpoint does not know begins anew.
    for (const name of new Set([...this.#sessions.keys(), ...sessions.keys()])) {
      await this.#session(name)?.load(sessions.get(name) ?? {});
    }
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.dispose();
    this.#sessions.clear();
  }

  #begin(method: number): void {
    this.dispose();
    this.#method = method;
  }

  #session(name: string): SpeedupSession | undefined {
    const policy = this.model.methods[this.#method]!.policy ?? this.speedup;
    if (!policy) return undefined;
    let session = this.#sessions.get(name);
    if (!session) this.#sessions.set(name, (session = policy.open()));
    return session;
  }
}
