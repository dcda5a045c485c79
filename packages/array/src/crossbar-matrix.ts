import type { AnalogMatrix, MatrixSnapshot, UpdateRequest, UpdateSignal, WireReport } from '@txsim/core';
import {
  evaluate,
  evaluateAll,
  fold,
  fromTiles,
  planeName,
  planeShape,
  toTiles,
  unfold,
  usedCells,
  type ConvolutionGeometry,
  type Expression,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { Conductances } from './conductances.js';
import { ConverterRange } from './converter-range.js';
import { decodeExpression } from './decode.js';
import { drawDeviceParameters } from './device-parameters.js';
import { InspectedStages } from './inspection.js';
import { NoiseSource } from './noise.js';
import { namedPlanes } from './planes.js';
import { FRACTION, programExpression, USED } from './program.js';
import { noPulses, PulsedWrite } from './pulsed-write.js';
import { Reader, type ReadMatrices } from './reader.js';
import { takeSnapshot } from './snapshot.js';
import { DELTA, updateExpression } from './update.js';

/** A number of samples is saved as two integers, this its base. */
const HALF = 2 ** 30;

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
 *     update    (x, d) → update rule → request (a change, counts of pulses, trains) → device response → update stage
 *               → next state
 */
export class CrossbarMatrix implements AnalogMatrix {
  readonly name: string;
  readonly grid: TileGrid;
  /** wMax: the weight that a full conductance window stands for. */
  readonly weightRange: number;

  readonly #model: ArrayModel;
  readonly #used: tf.Tensor4D;
  readonly #noise: NoiseSource;
  readonly #parameters: Readonly<Record<string, tf.Tensor>>;
  readonly #conductances: Conductances;
  readonly #forward: Reader;
  readonly #backward: Reader;
  readonly #program: readonly Expression[];
  readonly #update: readonly Expression[];
  readonly #pulsed: PulsedWrite | undefined;
  readonly #decode: Expression;
  /** Of strict runs. */
  readonly #inspected: InspectedStages | undefined;

  #state: tf.Tensor4D[] = [];
  #decoded: tf.Tensor2D | undefined;
  #writes = 0;
  #samples = 0;
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
    const { mapping, device, dac, adc } = model;
    this.name = name;
    this.#model = model;
    this.grid = grid;
    this.weightRange = weightRange;
    this.#used = tf.keep(usedCells(this.grid));
    const planes = Array.from({ length: mapping.planes }, (_, p) => p);
    this.#noise = new NoiseSource(model, [name]);
    this.#parameters = drawDeviceParameters(model, grid, new NoiseSource(model, [name, 'device']));
    this.#conductances = new Conductances(model, this.grid, this.#parameters, this.#noise);
    const lineMaximum = device.product.gMax * dac.readVoltage;
    const reader = (direction: 'forward' | 'backward', length: number): Reader =>
      new Reader(
        model,
        this.grid,
        direction,
        this.weightRange,
        new ConverterRange(adc, lineMaximum * length),
        new NoiseSource(model, [name, direction]),
      );
    this.#forward = reader('forward', this.grid.rows);
    this.#backward = reader('backward', this.grid.columns);
    this.#program = planes.map((p) => programExpression(model, p));
    this.#update = planes.map((p) => updateExpression(model, p, this.weightRange));
    this.#pulsed = PulsedWrite.of(model, grid, this.weightRange, new NoiseSource(model, [name, 'pulse']));
    this.#decode = decodeExpression(model, this.weightRange);
    this.#inspected =
      model.inspection && new InspectedStages(model.inspection, name, grid, model, weightRange);
  }

  program(weights: tf.Tensor2D): void {
    this.#replaceState(() =>
      this.#evaluatePlanes('program', this.#program, {
        [FRACTION]: toTiles(tf.div(weights, this.weightRange), this.grid),
      }),
    );
  }

  /** @param geometry x are images, and their patches the input vectors */
  forward(x: tf.Tensor, geometry?: ConvolutionGeometry): tf.Tensor2D {
    if (this.#model.operations.forward === 'digital') {
      const vectors = geometry ? unfold(x as tf.Tensor4D, geometry) : (x as tf.Tensor2D);
      return tf.matMul(vectors, this.#decodedWeights());
    }
    const y = this.#forward.read(x, this.#matrices('forward'), this.#reads.forward++, geometry);
    this.#inspected?.note('read', 'forward', y);
    return y as tf.Tensor2D;
  }

  /** @param geometry the result are images, to which the patches are added */
  backward(d: tf.Tensor2D, geometry?: ConvolutionGeometry): tf.Tensor {
    if (this.#model.operations.backward === 'digital') {
      const vectors = tf.matMul<tf.Tensor2D>(d, this.#decodedWeights(), false, true);
      return geometry ? fold(vectors, geometry) : vectors;
    }
    const x = this.#backward.read(d, this.#matrices('backward'), this.#reads.backward++, geometry);
    this.#inspected?.note('read', 'backward', x);
    return x;
  }

  update(x: tf.Tensor2D, d: tf.Tensor2D, rate: number): void {
    tf.tidy(() => this.write(this.request(x, d, rate)));
  }

  /**
   * What the update rule asks of the devices for (x, d). Samples are numbered on with every call.
   * @param largest of the whole mini-batch, where (x, d) is a part of it
   */
  request(x: tf.Tensor2D, d: tf.Tensor2D, rate: number, largest?: UpdateSignal['largest']): UpdateRequest {
    const firstSample = this.#samples;
    this.#samples += x.shape[0];
    const { name, grid } = this;
    const pulseStep = this.#pulsed?.weightStep;
    const signal = { name, x, d, rate, grid, firstSample, pulseStep, largest };
    const ask = (): UpdateRequest => this.#model.updateRule.request(signal);
    return this.#inspected ? this.#inspected.request(ask) : ask();
  }

  /**
   * The devices' answer to a request.
   * @throws PluginError UPDATE_UNSUPPORTED if pulses are asked of devices that take none
   */
  write(request: UpdateRequest): void {
    this.#replaceState(() => this.#written(request));
    if (request.kind !== 'delta')
      for (const g of this.#state) this.#inspected?.note('update', this.#model.device.label, g);
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
      samples: tf.tensor1d([this.#samples % HALF, Math.floor(this.#samples / HALF)], 'int32'),
      ...this.#conductances.save(),
    };
  }

  async load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void> {
    this.#replaceState(() => this.#state.map((_, p) => saved[planeName(p)]!.clone() as tf.Tensor4D));
    this.#forward.range.set(saved['fullScaleForward']!.clone() as tf.Scalar);
    this.#backward.range.set(saved['fullScaleBackward']!.clone() as tf.Scalar);
    const [writes, forward, backward] = (await saved['counts']!.data()) as unknown as [
      number,
      number,
      number,
    ];
    this.#writes = writes;
    this.#reads = { forward, backward };
    const [low, high] = (await saved['samples']!.data()) as unknown as [number, number];
    this.#samples = low + HALF * high;
    await this.#conductances.load(saved);
  }

  snapshot(): Promise<MatrixSnapshot> {
    const [conducting, effective] = [this.conducting()[0]!, this.effective()[0]!];
    return takeSnapshot(this.name, this.grid, this.#model.device.product, this.#state, conducting, effective);
  }

  probe(x: tf.Tensor2D): Promise<WireReport | undefined> {
    return this.#conductances.probe(x, this.#state, this.#writes);
  }

  dispose(): void {
    this.#conductances.dispose();
    this.#forward.range.dispose();
    this.#backward.range.dispose();
    tf.dispose([this.#state, this.#used, Object.values(this.#parameters)]);
    this.#decoded?.dispose();
  }

  #written(request: UpdateRequest): tf.Tensor4D[] {
    if (request.kind === 'delta')
      return this.#evaluatePlanes('update', this.#update, { [DELTA]: request.delta });
    if (!this.#pulsed) throw noPulses(this.#model);
    return this.#pulsed.next(request, this.#devices(), this.#writes);
  }

  #evaluatePlanes(
    stage: 'program' | 'update',
    expressions: readonly Expression[],
    inputs: Record<string, tf.Tensor>,
  ): tf.Tensor4D[] {
    const all = { ...inputs, ...this.#devices() };
    const noise = this.#noise.draw(this.#writes);
    this.#inspected?.look(stage, all, noise);
    return evaluateAll(expressions, all, planeShape(this.grid), noise) as tf.Tensor4D[];
  }

  /** What the devices hold and are, by name. */
  #devices(): Record<string, tf.Tensor> {
    return { ...namedPlanes(this.#state), ...this.#parameters, [USED]: this.#used };
  }

  #matrices(direction: 'forward' | 'backward'): ReadMatrices {
    if (this.#inspected && this.#model.wire) this.#inspected.wires(this.effective(direction));
    return {
      readouts: () => this.#conductances.readouts(this.#state, this.#writes, direction),
      squares: () => this.#conductances.squares(this.#state, this.#writes, direction),
    };
  }

  #decodedWeights(): tf.Tensor2D {
    this.#decoded ??= tf.keep(
      tf.tidy(() => {
        const g = evaluate(this.#decode, namedPlanes(this.#state), planeShape(this.grid));
        return fromTiles(g as tf.Tensor4D, this.grid);
      }),
    );
    return this.#decoded;
  }

  /** What was made of the old state goes first, so that it does not take memory beside the new one. */
  #replaceState(make: () => tf.Tensor4D[]): void {
    this.#conductances.invalidate();
    this.#decoded?.dispose();
    this.#decoded = undefined;
    const next = tf.tidy(() => make().map((t) => tf.keep(t)));
    tf.dispose(this.#state);
    this.#state = next;
    this.#writes++;
    this.#inspected?.look('conduct', this.#devices(), this.#noise.draw(this.#writes));
  }
}
