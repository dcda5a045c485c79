import type { AnalogMatrix, MatrixSnapshot, UpdateRequest } from '@txsim/core';
import {
  evaluate,
  fromTiles,
  planeShape,
  toTiles,
  usedCells,
  type Expression,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { Conductances } from './conductances.js';
import { ConverterRange } from './converter-range.js';
import { decodeExpression } from './decode.js';
import { deviceParameters } from './effects.js';
import { planeName } from './conduct.js';
import { NoiseSource } from './noise.js';
import { FRACTION, programExpression, USED } from './program.js';
import { Reader, type ReadMatrices } from './reader.js';
import { DELTA, updateExpression } from './update.js';

/** What a matrix is made from. */
export interface MatrixOptions {
  /** Unique in the network; the random streams hang on it. */
  readonly name: string;
  readonly weights: tf.Tensor2D;
}

/**
 * A weight matrix W[inputs, outputs] on crossbars: y = x·W, ΔW = −rate·xᵀd.
 *
 *     program   weights → mapping → target conductances → program stage → state
 *     conduct   state → retain stage → conduct stage → wires → effective matrices, kept until the state changes
 *     forward   x → DAC → arrays → read stage → ADC → digital sum
 *     backward  d → DAC → the transposed arrays → read stage → ADC → digital sum
 *     update    (x, d) → update rule → request → device response → update stage → next state
 */
export class CrossbarMatrix implements AnalogMatrix {
  readonly name: string;
  readonly grid: TileGrid;
  /** wMax: the weight that a full conductance window stands for. */
  readonly weightRange: number;

  readonly #model: ArrayModel;
  readonly #used: tf.Tensor4D;
  readonly #noise: readonly NoiseSource[];
  readonly #parameters: readonly Record<string, tf.Tensor>[];
  readonly #conductances: Conductances;
  readonly #forward: Reader;
  readonly #backward: Reader;
  readonly #program: readonly Expression[];
  readonly #update: readonly Expression[];
  readonly #decode: Expression;

  #state: tf.Tensor4D[] = [];
  #decoded: tf.Tensor2D | undefined;
  #writes = 0;
  #reads = { forward: 0, backward: 0 };

  /** Makes the arrays of a matrix and programs its weights. */
  static async create(model: ArrayModel, { name, weights }: MatrixOptions): Promise<CrossbarMatrix> {
    const largest = tf.tidy(() => tf.max(tf.abs(weights)));
    const weightRange = model.mapping.weightRange((await largest.data())[0]!);
    largest.dispose();
    const matrix = new CrossbarMatrix(model, name, model.mapping.grid(...weights.shape), weightRange);
    matrix.program(weights);
    return matrix;
  }

  private constructor(model: ArrayModel, name: string, grid: TileGrid, weightRange: number) {
    const { mapping, device, dac, adc, seed } = model;
    this.name = name;
    this.#model = model;
    this.grid = grid;
    this.weightRange = weightRange;
    this.#used = tf.keep(usedCells(this.grid));
    const planes = Array.from({ length: mapping.planes }, (_, p) => p);
    this.#noise = planes.map((p) => new NoiseSource(seed, [name, planeName(p)]));
    this.#parameters = planes.map((p) =>
      this.#drawParameters(new NoiseSource(seed, [name, planeName(p), 'device'])),
    );
    this.#conductances = new Conductances(model, this.grid, this.#parameters, this.#noise);
    const lineMaximum = device.product.gMax * dac.readVoltage;
    const reader = (direction: 'forward' | 'backward', length: number): Reader =>
      new Reader(
        model,
        this.grid,
        direction,
        this.weightRange,
        new ConverterRange(adc, lineMaximum * length),
        new NoiseSource(seed, [name, direction]),
      );
    this.#forward = reader('forward', this.grid.rows);
    this.#backward = reader('backward', this.grid.columns);
    this.#program = planes.map((p) => programExpression(model, p));
    this.#update = planes.map((p) => updateExpression(model, p, this.weightRange));
    this.#decode = decodeExpression(model, this.weightRange);
  }

  program(weights: tf.Tensor2D): void {
    const next = tf.tidy(() => {
      const inputs = { [FRACTION]: toTiles(tf.div(weights, this.weightRange), this.grid) };
      return this.#program.map((expression, p) => this.#evaluatePlane(expression, p, inputs));
    });
    this.#replaceState(next);
  }

  forward(x: tf.Tensor2D): tf.Tensor2D {
    if (this.#model.operations.forward === 'digital') return tf.matMul(x, this.#decodedWeights());
    return this.#forward.read(x, this.#matrices('forward'), this.#reads.forward++);
  }

  backward(d: tf.Tensor2D): tf.Tensor2D {
    if (this.#model.operations.backward === 'digital')
      return tf.matMul(d, this.#decodedWeights(), false, true);
    return this.#backward.read(d, this.#matrices('backward'), this.#reads.backward++);
  }

  update(x: tf.Tensor2D, d: tf.Tensor2D, rate: number): void {
    tf.tidy(() => this.write(this.request(x, d, rate)));
  }

  /** What the update rule asks of the devices for (x, d). */
  request(x: tf.Tensor2D, d: tf.Tensor2D, rate: number): UpdateRequest {
    return this.#model.updateRule.request({ x, d, rate, grid: this.grid });
  }

  /** The devices' answer to a request. */
  write({ delta }: UpdateRequest): void {
    this.#replaceState(
      tf.tidy(() =>
        this.#update.map((expression, p) => this.#evaluatePlane(expression, p, { [DELTA]: delta })),
      ),
    );
  }

  read(): tf.Tensor2D {
    return this.#decodedWeights().clone();
  }

  /** The conductances that the devices hold, siemens, one [tileRows, tileColumns, rows, columns] per plane. */
  get state(): readonly tf.Tensor4D[] {
    return this.#state;
  }

  /** The conductances that the arrays show at their terminals, siemens, one per plane; not the caller's to dispose. */
  effective(direction: 'forward' | 'backward' = 'forward'): readonly tf.Tensor4D[] {
    return this.#conductances.effective(this.#state, this.#writes, direction);
  }

  /** The conductances of the devices as the circuit sees them, siemens, one per plane; not the caller's to dispose. */
  conducting(): readonly tf.Tensor4D[] {
    return this.#conductances.conducting(this.#state, this.#writes);
  }

  wait(seconds: number): void {
    this.#conductances.invalidate(seconds);
  }

  observe(): void {
    this.#forward.range.observe();
    this.#backward.range.observe();
  }

  async settle(): Promise<void> {
    await this.#forward.range.settle();
    await this.#backward.range.settle();
  }

  save(): Record<string, tf.Tensor> {
    return {
      ...Object.fromEntries(this.#state.map((g, p) => [planeName(p), g.clone()])),
      fullScaleForward: this.#forward.range.fullScale.clone(),
      fullScaleBackward: this.#backward.range.fullScale.clone(),
      counts: tf.tensor1d([this.#writes, this.#reads.forward, this.#reads.backward], 'int32'),
      ...this.#conductances.save(),
    };
  }

  async load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void> {
    this.#replaceState(this.#state.map((_, p) => saved[planeName(p)]!.clone() as tf.Tensor4D));
    this.#forward.range.set(saved['fullScaleForward']!.clone() as tf.Scalar);
    this.#backward.range.set(saved['fullScaleBackward']!.clone() as tf.Scalar);
    const [writes, forward, backward] = (await saved['counts']!.data()) as unknown as [
      number,
      number,
      number,
    ];
    this.#writes = writes;
    this.#reads = { forward, backward };
    await this.#conductances.load(saved);
  }

  snapshot(): Promise<MatrixSnapshot> {
    return import('./snapshot.js').then(({ takeSnapshot }) =>
      takeSnapshot(
        this.name,
        this.grid,
        this.#model.device.product,
        this.#state,
        this.conducting()[0]!,
        this.effective()[0]!,
      ),
    );
  }

  dispose(): void {
    this.#conductances.dispose();
    this.#forward.range.dispose();
    this.#backward.range.dispose();
    tf.dispose([this.#state, this.#used, ...this.#parameters.map((p) => Object.values(p))]);
    this.#decoded?.dispose();
  }

  #evaluatePlane(expression: Expression, plane: number, inputs: Record<string, tf.Tensor>): tf.Tensor4D {
    const planes = Object.fromEntries(this.#state.map((g, p) => [planeName(p), g]));
    const all = { ...inputs, ...planes, ...this.#parameters[plane], [USED]: this.#used };
    return evaluate(
      expression,
      all,
      planeShape(this.grid),
      this.#noise[plane]!.draw(this.#writes),
    ) as tf.Tensor4D;
  }

  #drawParameters(noise: NoiseSource): Record<string, tf.Tensor> {
    const parameters = deviceParameters([this.#model.device, ...this.#model.nonIdealities]);
    return Object.fromEntries(
      Object.entries(parameters).map(([name, e]) => [
        name,
        tf.keep(evaluate(e, {}, planeShape(this.grid), noise.draw(0))),
      ]),
    );
  }

  #matrices(direction: 'forward' | 'backward'): ReadMatrices {
    return {
      readouts: () => this.#conductances.readouts(this.#state, this.#writes, direction),
      squares: () => this.#conductances.squares(this.#state, this.#writes, direction),
    };
  }

  #decodedWeights(): tf.Tensor2D {
    this.#decoded ??= tf.keep(
      tf.tidy(() => {
        const planes = Object.fromEntries(this.#state.map((g, p) => [planeName(p), g]));
        return fromTiles(evaluate(this.#decode, planes, planeShape(this.grid)) as tf.Tensor4D, this.grid);
      }),
    );
    return this.#decoded;
  }

  #replaceState(next: tf.Tensor4D[]): void {
    tf.dispose(this.#state);
    this.#state = next.map((t) => tf.keep(t));
    this.#writes++;
    this.#conductances.invalidate();
    this.#decoded?.dispose();
    this.#decoded = undefined;
  }
}
