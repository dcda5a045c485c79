import type {
  AnalogMatrix,
  MatrixSnapshot,
  UpdateRequest,
  UpdateSignal,
  WeightScaling,
  WireReport,
} from '@txsim/core';
import { RunningSum, tileOuter, toTiles, type ConvolutionGeometry, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { CrossbarMatrix, type MatrixOptions } from './crossbar-matrix.js';
import { loadCount, saveCount } from './count.js';
import type { InputScaling } from './input-scaling.js';
import { RuleMemory } from './rule-memory.js';
import { savedParts, underPrefix } from './saved-parts.js';
import { WeightScale } from './weight-scale.js';

/** A mini-batch as a matrix is told it, d that of the arrays. */
export interface Lesson extends Pick<UpdateSignal, 'rate' | 'largest'> {
  readonly samples: number;
  /** Shows all samples in order: x[samples, inputs], d[samples, outputs]. */
  forEachPart(visit: (x: tf.Tensor2D, d: tf.Tensor2D) => void): void;
}

/**
 * A weight matrix W[inputs, outputs] that learns by the update rule of the stack, W = s · Σ significance · w_k over the sets
 * of arrays that the rule wants (most want one): each is read through converters of its own and the results are added
 * digitally, then multiplied by the digital factors s of the mapping's scaling, where it has one. The rule gets the signals of a mini-batch and asks the arrays for changes.
 */
export class LearningMatrix implements AnalogMatrix {
  readonly #arrays: readonly CrossbarMatrix[];
  readonly #significances: readonly number[];
  readonly #scaling: WeightScaling | undefined;
  readonly #scale: WeightScale;
  readonly #memory = new RuleMemory();
  readonly #learn: (signal: UpdateSignal) => void;
  #updates = 0;
  #samples = 0;

  /** Makes the arrays of a matrix and programs its weights. @throws PluginError UPDATE_UNSUPPORTED, by the rule */
  static async create(model: ArrayModel, { name, weights, group }: MatrixOptions): Promise<LearningMatrix> {
    const significances = model.updateRule.significances ?? [1];
    const scale = new WeightScale(model.mapping.scaling, weights);
    const first = tf.tidy(() => tf.div<tf.Tensor2D>(scale.divided(weights), significances[0]!));
    const nothing = tf.zerosLike<tf.Tensor2D>(weights);
    const arrays: CrossbarMatrix[] = [];
    try {
      arrays.push(await CrossbarMatrix.create(model, { name, weights: first, group }));
      for (let k = 1; k < significances.length; k++) {
        const { weightRange } = arrays[0]!;
        arrays.push(
          await CrossbarMatrix.create(model, { name: `${name}/${k}`, weights: nothing, weightRange, group }),
        );
      }
      return new LearningMatrix(model, arrays, significances, scale);
    } catch (error) {
      for (const made of arrays) made.dispose();
      scale.factors?.dispose();
      throw error;
    } finally {
      tf.dispose([first, nothing]);
    }
  }

  private constructor(
    { updateRule, mapping }: ArrayModel,
    arrays: readonly CrossbarMatrix[],
    significances: readonly number[],
    scale: WeightScale,
  ) {
    this.#scaling = mapping.scaling;
    this.#scale = scale;
    this.#arrays = arrays;
    this.#significances = significances;
    const remember: RuleMemory['remember'] = (name, shape) => this.#memory.remember(name, shape);
    this.#learn = updateRule.open({ arrays, remember });
  }

  get name(): string {
    return this.#first.name;
  }

  get grid(): TileGrid {
    return this.#first.grid;
  }

  /** The sets of arrays, the one that weights are programmed into first. */
  get arrays(): readonly CrossbarMatrix[] {
    return this.#arrays;
  }

  /** wMax of each set of arrays. */
  get weightRange(): number {
    return this.#first.weightRange;
  }

  /** The conductances of the first set of arrays; see `CrossbarMatrix`. */
  get state(): readonly tf.Tensor4D[] {
    return this.#first.state;
  }

  /** The pulses of the first set of arrays; see `CrossbarMatrix`. */
  get counters(): readonly tf.Tensor4D[] {
    return this.#first.counters;
  }

  effective(direction: 'forward' | 'backward' = 'forward'): readonly tf.Tensor4D[] {
    return this.#first.effective(direction);
  }

  conducting(): readonly tf.Tensor4D[] {
    return this.#first.conducting();
  }

  /** @param geometry x are images, and their patches the input vectors */
  forward(x: tf.Tensor, geometry?: ConvolutionGeometry): tf.Tensor2D {
    return this.#scale.multiplied(this.#sum((arrays) => arrays.forward(x, geometry)) as tf.Tensor2D);
  }

  /** @param geometry the result are images, to which the patches are added */
  backward(d: tf.Tensor2D, geometry?: ConvolutionGeometry): tf.Tensor {
    const driven = this.#scale.multiplied(d);
    return this.#sum((arrays) => arrays.backward(driven, geometry));
  }

  /** How forward inputs of the first set of arrays are scaled; see `CrossbarMatrix`. */
  get inputScaling(): InputScaling {
    return this.#first.inputScaling;
  }

  /** The factors s, [outputs] or [1]; undefined where they do not learn. */
  get outputScale(): tf.Variable | undefined {
    return this.#scaling?.learn ? this.#scale.factors : undefined;
  }

  /** Gradients at the outputs as the arrays are to be changed by them, Δw = −rate · xᵀ(d/s). */
  errorsOfArrays<T extends tf.Tensor>(d: T): T {
    return this.#scale.divided(d);
  }

  update(x: tf.Tensor2D, d: tf.Tensor2D, rate: number): void {
    tf.tidy(() => {
      const ofArrays = this.errorsOfArrays(d);
      const largest = (): ReturnType<UpdateSignal['largest']> => ({
        x: tf.max(tf.abs(x)),
        d: tf.max(tf.abs(ofArrays)),
      });
      this.learn({ rate, largest, samples: x.shape[0], forEachPart: (visit) => visit(x, ofArrays) });
    });
  }

  /** Learns one mini-batch; a batch of no samples teaches nothing. */
  learn({ rate, largest, samples, forEachPart }: Lesson): void {
    if (samples === 0) return;
    const { grid } = this;
    const first = this.#samples;
    const gradient = (factor = 1): tf.Tensor4D => {
      const sum = new RunningSum<tf.Tensor4D>();
      forEachPart((x, d) => sum.add(() => tileOuter(x, factor === 1 ? d : tf.mul(d, factor), grid)));
      return sum.take();
    };
    tf.tidy(() =>
      this.#learn({
        step: this.#updates,
        rate,
        largest,
        gradient,
        forEachPart: (visit) => {
          let firstSample = first;
          forEachPart((x, d) => {
            visit({ x, d, firstSample });
            firstSample += x.shape[0];
          });
        },
      }),
    );
    this.#samples += samples;
    this.#updates++;
  }

  /** Asks the first set of arrays for a change of the weights, W[inputs, outputs], that was not made by the rule. */
  change(by: tf.Tensor2D): void {
    tf.tidy(() => {
      const delta = toTiles(tf.div(this.#scale.divided(by), this.#significances[0]!), this.grid);
      this.write({ kind: 'delta', delta });
    });
  }

  /** Asks the first set of arrays, past the rule. */
  write(request: UpdateRequest): void {
    this.#first.write(request);
  }

  program(weights: tf.Tensor2D): void {
    tf.tidy(() => {
      this.#first.program(tf.div(this.#scale.divided(weights), this.#significances[0]!));
      for (const other of this.#arrays.slice(1)) other.program(tf.zerosLike(weights));
    });
  }

  read(): tf.Tensor2D {
    return tf.tidy(() => this.#scale.multiplied(this.#sum((arrays) => arrays.read()) as tf.Tensor2D));
  }

  wait(seconds: number): void {
    for (const arrays of this.#arrays) arrays.wait(seconds);
  }

  observe(): void {
    for (const arrays of this.#arrays) arrays.observe();
  }

  /** Arrays that do not count in products are calibrated on what rules read of them: one line at a time. */
  async settle(): Promise<void> {
    for (const [k, arrays] of this.#arrays.entries()) {
      if (this.#significances[k] === 0) tf.tidy(() => void arrays.forward(tf.eye(this.grid.inputs)));
      await arrays.settle();
    }
  }

  save(): Record<string, tf.Tensor> {
    const [first, ...others] = this.#arrays.map((arrays) => arrays.save());
    return {
      ...first,
      ...Object.assign({}, ...others.map((saved, k) => underPrefix(`array${k + 1}.`, saved))),
      ...underPrefix(OUTPUTS, this.#scale.save()),
      ...underPrefix(RULE, this.#memory.save()),
      updates: saveCount(this.#updates),
      samples: saveCount(this.#samples),
    };
  }

  async load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void> {
    for (const [k, arrays] of this.#arrays.entries())
      await arrays.load(k === 0 ? saved : savedParts(`array${k}.`, saved));
    this.#scale.load(savedParts(OUTPUTS, saved));
    this.#memory.load(savedParts(RULE, saved));
    this.#updates = await loadCount(saved['updates']!);
    this.#samples = await loadCount(saved['samples']!);
  }

  snapshot(): Promise<MatrixSnapshot> {
    return this.#first.snapshot();
  }

  probe(x: tf.Tensor2D, d?: tf.Tensor2D): Promise<WireReport | undefined> {
    return this.#first.probe(x, d);
  }

  dispose(): void {
    for (const arrays of this.#arrays) arrays.dispose();
    this.#scale.factors?.dispose();
    this.#memory.dispose();
  }

  get #first(): CrossbarMatrix {
    return this.#arrays[0]!;
  }

  /** Σ significance · what is asked of the arrays, those that count. */
  #sum(of: (arrays: CrossbarMatrix) => tf.Tensor): tf.Tensor {
    if (this.#significances.every((s, k) => s === (k === 0 ? 1 : 0))) return of(this.#first);
    return tf.tidy(() => {
      const counting = this.#arrays.flatMap((arrays, k) => {
        const significance = this.#significances[k]!;
        return significance === 0 ? [] : [tf.mul(of(arrays), significance)];
      });
      return tf.addN(counting);
    });
  }
}

/** Where a checkpoint keeps what the rule remembers. */
const RULE = 'rule.';
/** Where it keeps the factors behind the arrays. */
const OUTPUTS = 'outputs.';
