import { CrossbarConvolution, LearningMatrix, type ArrayModel } from '@txsim/array';
import type { AnalogMatrix } from '@txsim/core';
import type { ConvolutionGeometry } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { outerOf } from './outer.js';
import { blockByBlock } from './block-diagonal.js';

/** The inputs and the gradients at the outputs of a matrix, one after the other along the first dimension. */
export interface Signal {
  readonly x: tf.Tensor;
  readonly d: tf.Tensor;
}

/** One matrix of a kernel. */
export interface Piece {
  readonly weights: tf.Tensor2D;
  /** The matrix is that of a convolution, and its inputs are images. */
  readonly geometry?: ConvolutionGeometry;
  /** Blocks of a block-diagonal matrix; what lies beside them is never written. */
  readonly blocks?: number;
}

/**
 * x·W through arrays, as an operation that tfjs can differentiate: the gradient at x is d·Wᵀ through the same arrays.
 * Whoever trains takes the signals (x, d) of a pass for the devices, or differentiates with respect to the weights.
 */
export class AnalogProduct {
  /** Gradients reach the arrays through a variable: without one, tfjs would leave out a first layer. */
  readonly handle = tf.tidy(() => tf.variable(tf.scalar(0), true));
  /** Whether anything before this product wants the gradient at its input. */
  needsInputGradient = true;
  readonly matrix: AnalogMatrix;
  #signals: Signal[] | undefined;

  private constructor(
    readonly arrays: LearningMatrix,
    readonly piece: Omit<Piece, 'weights'>,
  ) {
    const { geometry } = piece;
    this.matrix = geometry ? new CrossbarConvolution(arrays, geometry) : arrays;
  }

  /** @param name of the matrix, unique in the network */
  static async create(name: string, { weights, ...rest }: Piece, arrays: ArrayModel): Promise<AnalogProduct> {
    const group = rest.geometry?.channels;
    const matrix = await LearningMatrix.create(arrays, { name, weights, group });
    return new AnalogProduct(matrix, rest);
  }

  /**
   * @param x [batch, …, inputs], images where the matrix is that of a convolution
   * @param weights W[inputs, outputs] as tfjs knows it, where it is to be differentiated; it is not what is computed with
   */
  apply(x: tf.Tensor, weights?: tf.Tensor2D): tf.Tensor {
    if (this.piece.geometry || x.rank === 2) return this.#differentiable(x, weights);
    const { inputs, outputs } = this.matrix.grid;
    const flat = this.#differentiable(x.reshape([-1, inputs]), weights);
    return flat.reshape([...x.shape.slice(0, -1), outputs]);
  }

  /** From now on gradients are kept as signals and not multiplied. */
  collect(): void {
    this.#signals = [];
  }

  /** What was collected; undefined where no gradient came here. The caller disposes it. */
  take(): Signal | undefined {
    const signals = this.#signals ?? [];
    this.#signals = undefined;
    if (signals.length === 0) return undefined;
    const joined = join(signals);
    return this.piece.blocks === undefined ? joined : blockByBlock(joined, this.piece.blocks);
  }

  /** Whether signals are being collected. */
  get collecting(): boolean {
    return this.#signals !== undefined;
  }

  /** Asks the devices for ΔW[inputs, outputs]. */
  request(change: tf.Tensor2D): void {
    this.arrays.change(change);
  }

  dispose(): void {
    this.handle.dispose();
    this.matrix.dispose();
  }

  /** Digital variables of the arrays that learn beside the weights: the input range, the scale of the outputs. */
  get learned(): Readonly<Record<string, tf.Variable>> {
    const { range } = this.arrays.inputScaling;
    const { outputScale } = this.arrays;
    return { ...(range && { range }), ...(outputScale && { scale: outputScale }) };
  }

  #differentiable(x: tf.Tensor, weights: tf.Tensor2D | undefined): tf.Tensor {
    const product = tf.customGrad((...args) => {
      const save = args.pop() as unknown as tf.GradSaveFunc;
      const [input] = args as tf.Tensor[];
      const value = this.matrix.forward(input!);
      save(this.arrays.outputScale ? [input!, value] : [input!]);
      return {
        value,
        gradFunc: (dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) =>
          this.#gradients(saved, Array.isArray(dy) ? dy[0]! : dy, weights !== undefined),
      };
    });
    const differentiated = weights !== undefined || this.collecting;
    return product(
      x,
      this.handle,
      ...(weights ? [weights] : []),
      ...(differentiated ? Object.values(this.learned) : []),
    );
  }

  /**
   * In the order of what is differentiated: x, the handle, the weights, what is learned.
   * @param saved x, and the product where its scale learns
   */
  #gradients([x, y]: readonly tf.Tensor[], d: tf.Tensor, ofWeights: boolean): tf.Tensor[] {
    this.#signals?.push({ x: tf.keep(x!.clone()), d: tf.keep(d.clone()) });
    const { inputScaling, outputScale } = this.arrays;
    const differentiated = ofWeights || this.collecting;
    const wanted = this.needsInputGradient || (differentiated && inputScaling.range !== undefined);
    const dx = wanted ? this.matrix.backward(d) : tf.zerosLike(x!);
    const ranged = inputScaling.range ? inputScaling.gradients(x!, dx) : { x: dx };
    const gradients = [ranged.x, tf.zerosLike(this.handle)];
    if (ofWeights) gradients.push(outerOf(x!, d, this.piece.geometry));
    if (!differentiated) return gradients;
    if ('range' in ranged) gradients.push(ranged.range);
    if (outputScale) gradients.push(scaleGradient(y!, d, outputScale));
    return gradients;
  }
}

/** ∂L/∂s = Σ d · y / s over the batch, positions, and the outputs that share a factor. */
function scaleGradient(y: tf.Tensor, d: tf.Tensor, scale: tf.Variable): tf.Tensor {
  const ofOutputs = tf.div(tf.sum(tf.mul(d, y).reshape([-1, y.shape.at(-1)!]), 0), scale);
  return scale.shape[0] === 1 ? tf.sum(ofOutputs, 0, true) : ofOutputs;
}

function join(signals: readonly Signal[]): Signal {
  if (signals.length === 1) return signals[0]!;
  const of = (side: 'x' | 'd'): tf.Tensor => tf.concat(signals.map((s) => s[side]), 0); // prettier-ignore
  const joined = { x: of('x'), d: of('d') };
  tf.dispose(signals.map(({ x, d }) => [x, d]));
  return joined;
}
