import {
  conductanceRange,
  type MatrixSnapshot,
  type UpdateRequest,
  type WireReport,
  type WritableArrays,
} from '@txsim/core';
import {
  evaluate,
  evaluateAll,
  fold,
  fromTiles,
  planeShape,
  toTiles,
  unfold,
  usedCells,
  type ConvolutionGeometry,
  type Direction,
  type Expression,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { Conductances } from './conductances.js';
import { usesPulses } from './counters.js';
import { decodeExpression } from './decode.js';
import { drawDeviceParameters, knownDeviceParameters } from './device-parameters.js';
import { DeviceState } from './device-state.js';
import { DrivenSide } from './driven-side.js';
import type { InputScaling } from './input-scaling.js';
import { InspectedStages } from './inspection.js';
import { NoiseSource } from './noise.js';
import { namedPlanes } from './planes.js';
import { FRACTION, programExpression, refreshExpression, USED } from './program.js';
import { noPulses, PulsedWrite } from './pulsed-write.js';
import type { ReadMatrices } from './reader.js';
import { savedParts, underPrefix } from './saved-parts.js';
import { takeSnapshot } from './snapshot.js';
import { StateChange } from './state-change.js';
import { DELTA, updateExpressions } from './update.js';

/** What a matrix is made from. */
export interface MatrixOptions {
  /** Unique in the network; the random streams hang on it. */
  readonly name: string;
  readonly weights: tf.Tensor2D;
  /** wMax; absent: what the mapping takes for these weights. */
  readonly weightRange?: number;
  /** Inputs that come one after the other and belong together: the channels of one position of a convolution. */
  readonly group?: number | undefined;
}

/**
 * A weight matrix W[inputs, outputs] on crossbars: y = x·W. What changes it are requests; `LearningMatrix` makes them of
 * signals.
 *
 *     program   weights → mapping → target conductances → program stage → state
 *     conduct   state → retain stage → conduct stage → wires → effective matrices, kept until the state changes
 *     forward   x → DAC → arrays → read stage → ADC → digital sum
 *     backward  d → DAC → the transposed arrays → read stage → ADC → digital sum
 *     update    request (a change, counts of pulses, trains) → device response → update stage → next state
 */
export class CrossbarMatrix implements WritableArrays {
  readonly name: string;
  readonly grid: TileGrid;
  /** wMax: the weight that a full conductance window stands for. */
  readonly weightRange: number;

  readonly #model: ArrayModel;
  readonly #used: tf.Tensor4D;
  readonly #noise: NoiseSource;
  readonly #parameters: Readonly<Record<string, tf.Tensor>>;
  readonly #conductances: Conductances;
  readonly #forward: DrivenSide;
  readonly #backward: DrivenSide;
  readonly #program: readonly Expression[];
  readonly #refresh: readonly Expression[];
  readonly #update: StateChange;
  readonly #pulsed: PulsedWrite | undefined;
  readonly #decode: Expression;
  /** Of strict runs. */
  readonly #inspected: InspectedStages | undefined;

  readonly #devices: DeviceState;

  /** What outputs of forward reads are multiplied by, where something makes up for the time that has passed. */
  #factor: tf.Tensor | undefined;
  #decoded: tf.Tensor2D | undefined;
  #writes = 0;
  #reads = { forward: 0, backward: 0 };

  /** Makes the arrays of a matrix and programs its weights. */
  static async create(model: ArrayModel, options: MatrixOptions): Promise<CrossbarMatrix> {
    const { name, weights } = options;
    const weightRange = options.weightRange ?? (await rangeOf(model, weights));
    const grid = model.mapping.grid(...weights.shape, options.group);
    const known = await knownDeviceParameters(model, grid, name);
    const matrix = new CrossbarMatrix(model, name, grid, weightRange, known);
    matrix.program(weights);
    return matrix;
  }

  private constructor(
    model: ArrayModel,
    name: string,
    grid: TileGrid,
    weightRange: number,
    known: Readonly<Record<string, tf.Tensor>>,
  ) {
    const { mapping } = model;
    this.name = name;
    this.#model = model;
    this.grid = grid;
    this.weightRange = weightRange;
    this.#used = tf.keep(usedCells(this.grid));
    const planes = Array.from({ length: mapping.planes }, (_, p) => p);
    this.#noise = new NoiseSource(model, [name]);
    const drawn = drawDeviceParameters(model, grid, new NoiseSource(model, [name, 'device']));
    this.#parameters = { ...drawn, ...known };
    this.#conductances = new Conductances(model, this.grid, this.#parameters, this.#noise);
    const side = (direction: Direction): DrivenSide =>
      new DrivenSide(model, name, grid, direction, weightRange);
    this.#forward = side('forward');
    this.#backward = side('backward');
    this.#program = planes.map((p) => programExpression(model, p));
    this.#refresh = planes.flatMap((p) => refreshExpression(model, p) ?? []);
    const update = updateExpressions(model, this.weightRange);
    const counting = model.countPulses || usesPulses(update.planes);
    this.#devices = new DeviceState(mapping.planes, counting);
    const next = counting ? [...update.planes, ...update.counters] : update.planes;
    this.#update = new StateChange(this.#devices.names, next, {
      requests: [DELTA],
      window: model.device.product,
    });
    const pulseNoise = new NoiseSource(model, [name, 'pulse']);
    this.#pulsed = PulsedWrite.of(model, grid, this.weightRange, pulseNoise, counting);
    this.#decode = decodeExpression(model, this.weightRange);
    this.#inspected =
      model.inspection && new InspectedStages(model.inspection, name, grid, model, weightRange);
  }

  program(weights: tf.Tensor2D): void {
    this.#replaceState(() => [
      ...this.#evaluatePlanes('program', this.#program, {
        [FRACTION]: toTiles(tf.div(weights, this.weightRange), this.grid),
      }),
      ...this.#devices.noPulses(this.grid),
    ]);
  }

  /** @param geometry x are images, and their patches the input vectors */
  forward(x: tf.Tensor, geometry?: ConvolutionGeometry): tf.Tensor2D {
    if (this.#model.operations.forward === 'digital') {
      const vectors = geometry ? unfold(x as tf.Tensor4D, geometry) : (x as tf.Tensor2D);
      return tf.matMul(vectors, this.#decodedWeights());
    }
    const matrices = this.#matrices('forward');
    const read = (): tf.Tensor2D =>
      this.#forward.reader.read(x, matrices, this.#reads.forward++, geometry) as tf.Tensor2D;
    const factor = this.#factor;
    const y = factor ? tf.tidy(() => tf.mul<tf.Tensor2D>(read(), factor)) : read();
    this.#inspected?.note('read', 'forward', y);
    return y;
  }

  /** @param geometry the result are images, to which the patches are added */
  backward(d: tf.Tensor2D, geometry?: ConvolutionGeometry): tf.Tensor {
    if (this.#model.operations.backward === 'digital') {
      const vectors = tf.matMul<tf.Tensor2D>(d, this.#decodedWeights(), false, true);
      return geometry ? fold(vectors, geometry) : vectors;
    }
    const x = this.#backward.reader.read(d, this.#matrices('backward'), this.#reads.backward++, geometry);
    this.#inspected?.note('read', 'backward', x);
    return x;
  }

  /** The mean change of a weight by one pulse; undefined where device or mapping take no pulses. */
  get pulseStep(): number | undefined {
    return this.#pulsed?.weightStep;
  }

  /** The change of a weight whose devices go from end to end of their window; undefined as `pulseStep` is. */
  get windowWeight(): number | undefined {
    const device = this.#model.device.product;
    return this.pulseStep && (this.pulseStep * conductanceRange(device)) / device.pulseStep!;
  }

  get states(): WritableArrays['states'] {
    return this.#model.device.product.states;
  }

  /**
   * The devices' answer to a request, and their refresh where the mapping wants one after so many writes.
   * @throws PluginError UPDATE_UNSUPPORTED if pulses are asked of devices that take none
   */
  write(request: UpdateRequest): void {
    this.#inspected?.asked(request);
    this.#replaceState(() => this.#written(request));
    if (request.kind !== 'delta')
      for (const g of this.state) this.#inspected?.note('update', this.#model.device.label, g);
    const { refresh } = this.#model.mapping;
    if (refresh && this.#writes % refresh.every === 0)
      this.#replaceState(() => [
        ...this.#evaluatePlanes('refresh', this.#refresh, {}),
        ...this.#devices.counters.map((n) => n.clone()),
      ]);
  }

  read(): tf.Tensor2D {
    return this.#decodedWeights().clone();
  }

  /** The arrays themselves: how many there are, and their lines. */
  get hardware(): { readonly arrays: number; readonly rows: number; readonly columns: number } {
    const { tileRows, tileColumns, rows, columns } = this.grid;
    const { planes, adjacent } = this.#model.mapping;
    const tiles = tileRows * tileColumns;
    return adjacent
      ? { arrays: tiles, rows, columns: planes * columns }
      : { arrays: planes * tiles, rows, columns };
  }

  /** How forward inputs are scaled; its `range` is a variable where it learns. */
  get inputScaling(): InputScaling {
    return this.#forward.scaling;
  }

  /** The conductances that the devices hold, siemens, one [tileRows, tileColumns, rows, columns] per plane. */
  get state(): readonly tf.Tensor4D[] {
    return this.#devices.planes;
  }

  /**
   * Where pulses are counted: those of each device since it was programmed, one tensor per plane, then the change in the
   * direction asked for, in steps. Not the caller's to dispose.
   */
  get counters(): readonly tf.Tensor4D[] {
    return this.#devices.counters;
  }

  /** The conductances that the arrays show at their terminals, siemens, one per plane; not the caller's to dispose. */
  effective(direction: 'forward' | 'backward' = 'forward'): readonly tf.Tensor4D[] {
    return this.#conductances.effective(this.state, this.#writes, direction);
  }

  /** The conductances of the devices as the circuit sees them, siemens, one per plane; not the caller's to dispose. */
  conducting(): readonly tf.Tensor4D[] {
    return this.#conductances.conducting(this.state, this.#writes);
  }

  wait(seconds: number): void {
    this.#pass(0);
    const { compensation, operations } = this.#model;
    if (seconds === 0 || !compensation || operations.forward === 'digital') return this.#pass(seconds);
    const factor = tf.tidy(() => {
      const x = compensation.vectors(this.grid.inputs);
      const before = this.forward(x);
      const exact = tf.matMul<tf.Tensor2D>(x, this.#decodedWeights());
      this.#pass(seconds);
      return tf.keep(compensation.factor({ before, exact, now: this.forward(x) }));
    });
    this.#factor = factor;
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
      ...this.#devices.save(),
      ...underPrefix('forward.', this.#forward.save()),
      ...underPrefix('backward.', this.#backward.save()),
      counts: tf.tensor1d([this.#writes, this.#reads.forward, this.#reads.backward], 'int32'),
      ...this.#conductances.save(),
    };
  }

  async load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void> {
    this.#replaceState(() => this.#devices.saved(saved));
    this.#forward.load(savedParts('forward.', saved));
    this.#backward.load(savedParts('backward.', saved));
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
    return takeSnapshot(this, this.#model.device.product);
  }

  probe(x: tf.Tensor2D, d?: tf.Tensor2D): Promise<WireReport | undefined> {
    return this.#conductances.probe({ forward: x, ...(d && { backward: d }) }, this.state, this.#writes);
  }

  dispose(): void {
    this.#conductances.dispose();
    this.#forward.dispose();
    this.#backward.dispose();
    this.#devices.dispose();
    tf.dispose([this.#used, Object.values(this.#parameters)]);
    this.#decoded?.dispose();
    this.#factor?.dispose();
  }

  /** From now on reads see the devices this long after they were written, and nothing makes up for it. */
  #pass(seconds: number): void {
    this.#conductances.invalidate(seconds);
    this.#factor?.dispose();
    this.#factor = undefined;
  }

  #written(request: UpdateRequest): tf.Tensor4D[] {
    if (request.kind === 'delta') return this.#updated({ [DELTA]: request.delta });
    if (!this.#pulsed) throw noPulses(this.#model);
    return this.#pulsed.next(request, this.#named(), this.#writes);
  }

  #updated(request: Record<string, tf.Tensor>): tf.Tensor4D[] {
    const all = { ...request, ...this.#named() };
    const noise = this.#noise.draw(this.#writes);
    this.#inspected?.look('update', all, noise);
    return this.#update.next(all, planeShape(this.grid), noise);
  }

  #evaluatePlanes(
    stage: 'program' | 'refresh',
    expressions: readonly Expression[],
    inputs: Record<string, tf.Tensor>,
  ): tf.Tensor4D[] {
    const all = { ...inputs, ...this.#named() };
    const noise = this.#noise.draw(this.#writes);
    if (stage !== 'refresh') this.#inspected?.look(stage, all, noise);
    return evaluateAll(expressions, all, planeShape(this.grid), noise) as tf.Tensor4D[];
  }

  /** What the devices hold and are, by name. */
  #named(): Record<string, tf.Tensor> {
    return { ...this.#devices.named(), ...this.#parameters, [USED]: this.#used };
  }

  #matrices(direction: 'forward' | 'backward'): ReadMatrices {
    if (this.#inspected && this.#model.wire) this.#inspected.wires(this.effective(direction));
    return this.#conductances.matrices(this.state, this.#writes, direction);
  }

  #decodedWeights(): tf.Tensor2D {
    this.#decoded ??= tf.keep(
      tf.tidy(() => {
        const g = evaluate(this.#decode, namedPlanes(this.state), planeShape(this.grid));
        return fromTiles(g as tf.Tensor4D, this.grid);
      }),
    );
    return this.#decoded;
  }

  /**
   * What was made of the old state goes first, so that it does not take memory beside the new one.
   * @param make the planes, then the counters
   */
  #replaceState(make: () => readonly tf.Tensor4D[]): void {
    this.#pass(0);
    this.#decoded?.dispose();
    this.#decoded = undefined;
    this.#devices.replace(make);
    this.#writes++;
    this.#inspected?.look('conduct', this.#named(), this.#noise.draw(this.#writes));
  }
}

/** wMax for weights. */
async function rangeOf({ mapping }: ArrayModel, weights: tf.Tensor2D): Promise<number> {
  const largest = tf.tidy(() => tf.max(tf.abs(weights)));
  const [value] = await largest.data();
  largest.dispose();
  return mapping.weightRange(value!);
}
