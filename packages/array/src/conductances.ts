import type { WireReport } from '@txsim/core';
import {
  evaluate,
  planeName,
  planeShape,
  readoutMatrices,
  withNoise,
  type ClosedForm,
  type Direction,
  type Expression,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { interleaved, separated } from './adjacent-columns.js';
import type { ArrayModel } from './array-model.js';
import { conductExpression, TIME, readoutExpression, readoutVariance } from './conduct.js';
import { deviceNoiseLaw } from './device-noise.js';
import type { NoiseSource } from './noise.js';
import { namedPlanes } from './planes.js';
import { asNetworks, asProducts, asSums, type PlaneCurrents } from './plane-currents.js';
import {
  atReadVoltage,
  compareWithNetwork,
  pickVectors,
  type Comparison,
  type ProbedSignals,
} from './probe.js';
import type { ReadMatrices } from './reader.js';
import { Wires } from './wires.js';

type Planes = readonly tf.Tensor4D[];
type Stage = readonly (Expression | undefined)[];

/**
 * Device states → effective conductances, and the matrices behind each ADC. They are kept until the state changes.
 */
export class Conductances {
  /** Without and with time that has passed. */
  readonly #conduct: readonly [Stage, Stage];
  readonly #readouts: readonly Expression[];
  readonly #variances: readonly Expression[];
  readonly #wires: Wires | undefined;
  #time = 0;
  readonly #kept = new Map<string, tf.Tensor4D[]>();

  /** @param parameters per-device parameters of all planes */
  constructor(
    readonly model: ArrayModel,
    readonly grid: TileGrid,
    readonly parameters: Readonly<Record<string, tf.Tensor>>,
    readonly noise: NoiseSource,
  ) {
    const { planes, readouts } = model.mapping;
    this.#wires = model.wire && new Wires(model.wire, model.speedup);
    const stage = (aged: boolean): Stage =>
      Array.from({ length: planes }, (_, p) => conductExpression(model, p, aged));
    this.#conduct = [stage(false), stage(true)];
    this.#readouts = readouts.map(readoutExpression);
    const law = deviceNoiseLaw(model);
    this.#variances = readouts.map((r) => readoutVariance(r, law));
  }

  /** What a read needs of the arrays. */
  matrices(state: Planes, step: number, direction: Direction): ReadMatrices {
    return {
      readouts: () => this.readouts(state, step, direction),
      squares: () => this.squares(state, step, direction),
      curved: () => this.curved(state, step, direction),
    };
  }

  /** The currents of planes where cells have a curve and the method in use does not take them for linear ones. */
  curved(state: Planes, step: number, direction: Direction): PlaneCurrents | undefined {
    const curved = this.#wires?.curved;
    if (!curved) return undefined;
    const { grid } = this;
    const { adjacent } = this.model.mapping;
    const planes = this.conducting(state, step);
    if ('currents' in curved) return asNetworks(curved, planes, grid, direction, adjacent);
    const made = this.#keep(`curved.${direction}`, () =>
      tf.tidy(() => {
        if (!adjacent) return planes.flatMap((g) => curved.matrices(g, direction));
        const terms = curved.matrices(interleaved(planes), direction).map((m) => separated(m, planes.length));
        return planes.flatMap((_, p) => terms.map((matrices) => matrices[p]!));
      }),
    );
    return asSums(curved, made, grid, direction);
  }

  /** The matrix behind each readout's ADC, siemens. */
  readouts(state: Planes, step: number, direction: Direction): Planes {
    const side = this.#side(direction);
    const wires = this.#closedForm(side);
    const staged = this.#time > 0 || this.#kept.has(`effective.${side}`) || (this.#wires && !wires);
    if (staged) return this.#combined(`readouts.${side}`, this.#readouts, state, step, direction);
    return this.#keep(`readouts.${side}`, () =>
      readoutMatrices(
        { ...namedPlanes(state), ...this.parameters },
        {
          shape: planeShape(this.grid),
          conduct: this.#conduct[0].map((e) => e && withNoise(e, this.noise.draw(step))),
          readouts: this.#readouts,
          ...(wires && { wires }),
        },
      ),
    );
  }

  /** Σ weight² · G² over the planes of each readout, siemens²; another law where read effects name one. */
  squares(state: Planes, step: number, direction: Direction): Planes {
    return this.#combined(`squares.${this.#side(direction)}`, this.#variances, state, step, direction);
  }

  /** What the circuit sees of each plane, wires included, siemens. */
  effective(state: Planes, step: number, direction: Direction): Planes {
    const side = this.#side(direction);
    return this.#keep(`effective.${side}`, () => {
      const planes = this.conducting(state, step);
      const wires = this.#wires;
      if (!wires) return planes.map((g) => g.clone());
      if (!this.model.mapping.adjacent) return planes.map((g, p) => wires.effective(g, p, step, side));
      return tf.tidy(() => separated(wires.effective(interleaved(planes), 0, step, side), planes.length));
    });
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
          const inputs = { [planeName(p)]: g, ...this.parameters, ...time };
          return evaluate(expression, inputs, planeShape(this.grid), this.noise.draw(step)) as tf.Tensor4D;
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

  /** Compares with the network itself on some of the vectors x[batch, inputs]; see `AnalogMatrix`. */
  async probe(signals: ProbedSignals, state: Planes, step: number): Promise<WireReport | undefined> {
    const { network, probe, bend } = this.model.wire ?? {};
    if (!network || !probe) return undefined;
    const { cells } = this.model;
    // Without a curve currents are linear in the drive, so the vectors are taken for volts.
    const volts = (vectors: tf.Tensor2D): tf.Tensor2D =>
      tf.tidy(() => {
        const picked = pickVectors(vectors, probe.samples);
        return cells ? atReadVoltage(picked, cells.readVoltage) : picked;
      });
    const forward = volts(signals.forward);
    const backward = signals.backward && volts(signals.backward);
    const compare = (vectors: tf.Tensor2D, direction: Direction): Promise<Comparison> =>
      compareWithNetwork(vectors, {
        grid: this.grid,
        direction,
        mapping: this.model.mapping,
        network,
        conducting: this.conducting(state, step),
        currents:
          this.curved(state, step, direction) ??
          asProducts(this.effective(state, step, direction), this.grid, direction, cells),
      });
    const measure = async () => {
      const there = await compare(forward, 'forward');
      const back = backward && (await compare(backward, 'backward'));
      const errors = { forward: there.error, ...(back && { backward: back.error }) };
      return { error: Math.max(there.error, back?.error ?? 0), errors, severity: there.severity };
    };
    const wires = this.#wires!;
    const rejected: { method: string; error: number }[] = [];
    let found = await measure();
    while (found.error > probe.tolerance) {
      const { method } = wires;
      if (!wires.escalate()) break;
      rejected.push({ method, error: found.error });
      this.invalidate();
      found = await measure();
    }
    const report = { method: wires.method, ...found, tolerance: probe.tolerance, vectors: forward.shape[0], rejected, ...(bend !== undefined && { bend }) }; // prettier-ignore
    tf.dispose([forward, backward ?? []]);
    // Where a step makes its matrices in one go, what was compared would only take memory.
    if (this.#closedForm('forward')) this.invalidate(this.#time);
    return report;
  }

  save(): Record<string, tf.Tensor> {
    return this.#wires?.save() ?? {};
  }

  async load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void> {
    this.invalidate();
    await this.#wires?.load(saved);
  }

  dispose(): void {
    this.invalidate();
    this.#wires?.dispose();
  }

  #side = (direction: Direction): Direction =>
    this.model.wire?.reciprocal === false ? direction : 'forward';

  /** The wires as part of the operation that makes the matrices: where they are in closed form and planes do not share arrays. */
  #closedForm = (side: Direction): ClosedForm | undefined =>
    this.model.mapping.adjacent ? undefined : this.#wires?.closedForm(side);

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
