import type { AnalogMatrix } from '@txsim/core';
import type { ArrayModel } from '@txsim/array';
import * as tf from '@tensorflow/tfjs';

/** The input and the gradient at the output of a layer's matrix, kept from one pass. */
export interface Signal {
  readonly x: tf.Tensor;
  readonly d: tf.Tensor;
}

/** What of a digital layer's configuration the digital part of an analog one needs. */
export interface AnalogLayerConfig {
  readonly name?: string;
  readonly useBias?: boolean;
  readonly activation?: string;
}

/**
 * A layer whose kernel lives on crossbars: activation(x·W + b), with the product and its transpose through the arrays;
 * bias and activation are digital.
 */
export abstract class AnalogLayer extends tf.layers.Layer {
  /** Gradients reach the arrays through a variable: without one, tfjs would leave out a first layer without bias. */
  readonly handle = tf.tidy(() => tf.variable(tf.scalar(0), true));
  /** Whether anything before this layer wants the gradient at its input. */
  needsInputGradient = true;

  readonly #config: AnalogLayerConfig;
  readonly #activation: tf.layers.Layer;
  #bias: tf.LayerVariable | undefined;
  #matrix: AnalogMatrix | undefined;
  #signal: Signal | undefined;

  constructor(config: AnalogLayerConfig) {
    super(config as ConstructorParameters<typeof tf.layers.Layer>[0]);
    this.#config = config;
    this.#activation = tf.layers.activation({
      activation: (config.activation ?? 'linear') as 'linear',
      name: `${this.name}_activation`,
    });
  }

  /** Outputs per input vector. */
  protected abstract readonly units: number;
  /** Puts a digital layer's kernel on arrays. */
  protected abstract makeMatrix(kernel: tf.Tensor, arrays: ArrayModel): Promise<AnalogMatrix>;

  override build(_inputShape: tf.Shape | tf.Shape[]): void {
    if (this.#config.useBias !== false) {
      this.#bias = this.addWeight('bias', [this.units], 'float32', tf.initializers.zeros());
    }
    this.built = true;
  }

  /** Takes over the weights of a digital layer: the kernel goes on arrays, which the layer disposes. */
  async adopt([kernel, ...bias]: readonly tf.Tensor[], arrays: ArrayModel): Promise<void> {
    this.#matrix = await this.makeMatrix(kernel!, arrays);
    this.setWeights(bias);
  }

  get matrix(): AnalogMatrix {
    if (!this.#matrix) throw new Error(`layer ${this.name} has no arrays yet`);
    return this.#matrix;
  }

  /** Takes (x, d) of the last pass; the caller disposes them. */
  takeSignal(): Signal | undefined {
    const signal = this.#signal;
    this.#signal = undefined;
    return signal;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const product = this.product(Array.isArray(inputs) ? inputs[0]! : inputs);
      const biased = this.#bias ? tf.add(product, this.#bias.read()) : product;
      return this.#activation.apply(biased) as tf.Tensor;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...(this.#config as tf.serialization.ConfigDict) };
  }

  override dispose(): ReturnType<tf.layers.Layer['dispose']> {
    this.handle.dispose();
    this.#matrix?.dispose();
    return super.dispose();
  }

  /** x·W through the arrays. */
  protected product(x: tf.Tensor): tf.Tensor {
    const { matrix } = this;
    const product = tf.customGrad((...args) => {
      const [input, , save] = args as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
      save([input]);
      return {
        value: matrix.forward(input),
        gradFunc: (dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) => {
          const d = Array.isArray(dy) ? dy[0]! : dy;
          const before = saved[0]!;
          tf.dispose(this.#signal ? [this.#signal.x, this.#signal.d] : []);
          this.#signal = { x: tf.keep(before.clone()), d: tf.keep(d.clone()) };
          const dx = this.needsInputGradient ? matrix.backward(d) : tf.zerosLike(before);
          return [dx, tf.zerosLike(this.handle)];
        },
      };
    });
    return product(x, this.handle);
  }
}
