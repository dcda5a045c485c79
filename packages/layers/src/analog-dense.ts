import type { AnalogMatrix } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';

/** The input and the gradient at the output of a layer's matrix, kept from one pass. */
export interface Signal {
  readonly x: tf.Tensor2D;
  readonly d: tf.Tensor2D;
}

/** What of a dense layer's configuration stays. */
interface DenseConfig {
  readonly name?: string;
  readonly units: number;
  readonly useBias?: boolean;
  readonly activation?: string;
}

/**
 * A dense layer whose kernel lives on crossbars: activation(x·W + b), with x·W and its transpose through the arrays;
 * bias and activation are digital.
 */
export class AnalogDense extends tf.layers.Layer {
  static readonly className = 'AnalogDense';

  readonly #config: DenseConfig;
  readonly #activation: tf.layers.Layer;
  /** Gradients reach the arrays through a variable: without one, tfjs would leave out a first layer without bias. */
  readonly handle = tf.tidy(() => tf.variable(tf.scalar(0), true));
  #bias: tf.LayerVariable | undefined;
  #matrix: AnalogMatrix | undefined;
  #signal: Signal | undefined;
  /** Whether anything before this layer wants the gradient at its input. */
  needsInputGradient = true;

  constructor(config: DenseConfig) {
    super(config as ConstructorParameters<typeof tf.layers.Layer>[0]);
    this.#config = config;
    this.#activation = tf.layers.activation({
      activation: (config.activation ?? 'linear') as 'linear',
      name: `${this.name}_activation`,
    });
  }

  override build(_inputShape: tf.Shape | tf.Shape[]): void {
    if (this.#config.useBias !== false) {
      this.#bias = this.addWeight('bias', [this.#config.units], 'float32', tf.initializers.zeros());
    }
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [...(inputShape as tf.Shape).slice(0, -1), this.#config.units];
  }

  /** Puts the kernel on arrays; the layer disposes them. */
  attach(matrix: AnalogMatrix): void {
    this.#matrix = matrix;
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
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      const flat = x.reshape<tf.Tensor2D>([-1, this.matrix.grid.inputs]);
      const product = this.#product(flat, this.handle);
      const biased = this.#bias ? tf.add(product, this.#bias.read()) : product;
      return this.#activation.apply(biased.reshape([...x.shape.slice(0, -1), this.#config.units])) as tf.Tensor;
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#config };
  }

  override dispose() {
    this.handle.dispose();
    this.#matrix?.dispose();
    return super.dispose();
  }

  #product(x: tf.Tensor2D, handle: tf.Tensor): tf.Tensor {
    const { matrix } = this;
    const product = tf.customGrad((...args) => {
      const [input, , save] = args as [tf.Tensor2D, tf.Tensor, tf.GradSaveFunc];
      save([input]);
      return {
        value: matrix.forward(input),
        gradFunc: (dy: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) => {
          const d = (Array.isArray(dy) ? dy[0]! : dy) as tf.Tensor2D;
          const [before] = saved as [tf.Tensor2D];
          this.#signal = { x: tf.keep(before.clone()), d: tf.keep(d.clone()) };
          const dx = this.needsInputGradient ? matrix.backward(d) : tf.zerosLike(before);
          return [dx, tf.zerosLike(this.handle)];
        },
      };
    });
    return product(x, handle);
  }
}

tf.serialization.registerClass(AnalogDense);
