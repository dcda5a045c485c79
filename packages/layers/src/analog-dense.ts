import { CrossbarMatrix, type ArrayModel } from '@txsim/array';
import * as tf from '@tensorflow/tfjs';
import { AnalogLayer, type AnalogLayerConfig } from './analog-layer.js';

interface DenseConfig extends AnalogLayerConfig {
  readonly units: number;
}

/** A dense layer on crossbars. Inputs of more than two dimensions are products of their last one, as in tfjs. */
export class AnalogDense extends AnalogLayer {
  static readonly className: string = 'AnalogDense';
  protected readonly units: number;

  constructor(config: DenseConfig) {
    super(config);
    this.units = config.units;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [...(inputShape as tf.Shape).slice(0, -1), this.units];
  }

  protected override makeMatrix(kernel: tf.Tensor, arrays: ArrayModel): Promise<CrossbarMatrix> {
    return CrossbarMatrix.create(arrays, { name: this.name, weights: kernel as tf.Tensor2D });
  }

  protected override product(x: tf.Tensor): tf.Tensor {
    const flat = super.product(x.reshape([-1, this.matrix.grid.inputs]));
    return flat.reshape([...x.shape.slice(0, -1), this.units]);
  }
}

tf.serialization.registerClass(AnalogDense);
