import type { SpeedupSession } from '@txsim/core';
import { evaluate, planeShape, type Direction, type Expression, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { conductExpression, planeName, TIME, readoutExpression, readoutSquares } from './conduct.js';
import type { NoiseSource } from './noise.js';

type Planes = readonly tf.Tensor4D[];
type Stage = readonly (Expression | undefined)[];

/**
 * Device states → effective conductances, and the matrices behind each ADC. They are kept until the state changes.
 */
export class Conductances {
  /** Without and with time that has passed. */
  readonly #conduct: readonly [Stage, Stage];
  readonly #readouts: readonly Expression[];
  readonly #squares: readonly Expression[];
  readonly #sessions = new Map<string, SpeedupSession>();
  #time = 0;
  readonly #kept = new Map<string, tf.Tensor4D[]>();

  /** @param parameters per-device parameters of each plane, by label */
  constructor(
    readonly model: ArrayModel,
    readonly grid: TileGrid,
    readonly parameters: readonly Readonly<Record<string, tf.Tensor>>[],
    readonly noise: readonly NoiseSource[],
  ) {
    const { planes, readouts } = model.mapping;
    const stage = (aged: boolean): Stage =>
      Array.from({ length: planes }, (_, p) => conductExpression(model, p, aged));
    this.#conduct = [stage(false), stage(true)];
    this.#readouts = readouts.map(readoutExpression);
    this.#squares = readouts.map(readoutSquares);
  }

  /** The matrix behind each readout's ADC, siemens. */
  readouts(state: Planes, step: number, direction: Direction): Planes {
    return this.#combined(`readouts.${this.#side(direction)}`, this.#readouts, state, step, direction);
  }

  /** Σ weight² · G² over the planes of each readout, siemens². */
  squares(state: Planes, step: number, direction: Direction): Planes {
    return this.#combined(`squares.${this.#side(direction)}`, this.#squares, state, step, direction);
  }

  /** What the circuit sees of each plane, wires included, siemens. */
  effective(state: Planes, step: number, direction: Direction): Planes {
    const side = this.#side(direction);
    return this.#keep(`effective.${side}`, () =>
      this.conducting(state, step).map((g, p) => this.#solve(g, p, step, side)),
    );
  }

  /** What the circuit sees of each plane's devices, without wires, siemens. */
  conducting(state: Planes, step: number): Planes {
    const aged = this.#time > 0;
    return this.#keep('conducting', () =>
      tf.tidy(() => {
        const time: Record<string, tf.Tensor> = aged ? { [TIME]: tf.scalar(this.#time) } : {};
        return state.map((g, p) => {
          const expression = this.#conduct[aged ? 1 : 0][p];
          if (!expression) return g.clone();
          const inputs = { [planeName(p)]: g, ...this.parameters[p], ...time };
          return evaluate(
            expression,
            inputs,
            planeShape(this.grid),
            this.noise[p]!.draw(step),
          ) as tf.Tensor4D;
        });
      }),
    );
  }

  /**
   * The state has changed, or time has passed: nothing that was kept holds any more.
   *
   * @param time seconds since the state was written
   */
  invalidate(time = 0): void {
    this.#time = time;
    for (const tensors of this.#kept.values()) tf.dispose(tensors);
    this.#kept.clear();
  }

  save(): Record<string, tf.Tensor> {
    const saved: Record<string, tf.Tensor> = {};
    for (const [name, session] of this.#sessions) {
      for (const [key, tensor] of Object.entries(session.save())) saved[`speedup.${name}.${key}`] = tensor;
    }
    return saved;
  }

  async load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void> {
    this.invalidate();
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
    this.invalidate();
    for (const session of this.#sessions.values()) session.dispose();
  }

  #side = (direction: Direction): Direction =>
    this.model.wire?.reciprocal === false ? direction : 'forward';

  #solve(g: tf.Tensor4D, plane: number, step: number, direction: Direction): tf.Tensor4D {
    const { wire } = this.model;
    if (!wire) return g.clone();
    const solve = (now: tf.Tensor4D): tf.Tensor4D => wire.effective(now, direction);
    return this.#session(`${direction}.${plane}`)?.effective(g, step, solve) ?? solve(g);
  }

  #session(name: string): SpeedupSession | undefined {
    if (!this.model.speedup) return undefined;
    let session = this.#sessions.get(name);
    if (!session) this.#sessions.set(name, (session = this.model.speedup.open()));
    return session;
  }

  #combined(
    key: string,
    expressions: readonly Expression[],
    state: Planes,
    step: number,
    direction: Direction,
  ): Planes {
    return this.#keep(key, () => {
      const planes = this.effective(state, step, direction);
      const inputs = Object.fromEntries(planes.map((g, p) => [planeName(p), g]));
      return expressions.map((e) => evaluate(e, inputs, planeShape(this.grid)) as tf.Tensor4D);
    });
  }

  #keep(key: string, make: () => tf.Tensor4D[]): Planes {
    let tensors = this.#kept.get(key);
    if (!tensors) {
      tensors = make().map((t) => tf.keep(t));
      this.#kept.set(key, tensors);
    }
    return tensors;
  }
}
