import type { SpeedupSession } from '@txsim/core';
import { evaluate, planeShape, type Direction, type Expression, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { conductExpression, readoutExpression, readoutSquares } from './conduct.js';
import type { NoiseSource } from './noise.js';
import { namedPlanes, planeName } from './planes.js';

type Planes = readonly tf.Tensor4D[];

/**
 * Device states → effective conductances, and the matrices behind each ADC. They are kept until the state changes.
 */
export class Conductances {
  readonly #conduct: readonly (Expression | undefined)[];
  readonly #readouts: readonly Expression[];
  readonly #squares: readonly Expression[];
  readonly #sessions = new Map<string, SpeedupSession>();
  readonly #kept = new Map<string, tf.Tensor4D[]>();

  /** @param parameters per-device parameters of all planes */
  constructor(
    readonly model: ArrayModel,
    readonly grid: TileGrid,
    readonly parameters: Readonly<Record<string, tf.Tensor>>,
    readonly noise: NoiseSource,
  ) {
    const { planes, readouts } = model.mapping;
    this.#conduct = Array.from({ length: planes }, (_, p) => conductExpression(model, p));
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
    return this.#keep('conducting', () =>
      state.map((g, p) => {
        const expression = this.#conduct[p];
        if (!expression) return g.clone();
        const inputs = { [planeName(p)]: g, ...this.parameters };
        return evaluate(expression, inputs, planeShape(this.grid), this.noise.draw(step)) as tf.Tensor4D;
      }),
    );
  }

  /** The state has changed: nothing that was kept holds any more. */
  invalidate(): void {
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
      const inputs = namedPlanes(this.effective(state, step, direction));
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
