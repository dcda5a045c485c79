import { CrossbarConvolution, CrossbarMatrix, type ArrayModel } from '@txsim/array';
import { convolutionGeometry, patchSize, type ConvolutionGeometry } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { AnalogLayer, type AnalogLayerConfig } from './analog-layer.js';

type PairOrOne = number | readonly number[];

interface Conv2DConfig extends AnalogLayerConfig {
  readonly filters: number;
  readonly kernelSize: PairOrOne;
  readonly strides?: PairOrOne;
  readonly dilationRate?: PairOrOne;
  readonly padding?: 'same' | 'valid';
}

const pair = (x: PairOrOne = 1): [number, number] => (typeof x === 'number' ? [x, x] : [x[0]!, x[1]!]);

/** A two-dimensional convolution on crossbars, channels last. */
export class AnalogConv2D extends AnalogLayer {
  static readonly className: string = 'AnalogConv2D';
  protected readonly units: number;
  readonly #shape: Conv2DConfig;
  #geometry: ConvolutionGeometry | undefined;

  constructor(config: Conv2DConfig) {
    super(config);
    this.#shape = config;
    this.units = config.filters;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    this.#geometry = this.#geometryOf(inputShape as tf.Shape);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const { outHeight, outWidth } = this.#geometryOf(inputShape as tf.Shape);
    return [(inputShape as tf.Shape)[0]!, outHeight, outWidth, this.units];
  }

  protected override async makeMatrix(kernel: tf.Tensor, arrays: ArrayModel): Promise<CrossbarConvolution> {
    const geometry = this.#geometry!;
    const weights = kernel.reshape<tf.Tensor2D>([patchSize(geometry), this.units]);
    const matrix = await CrossbarMatrix.create(arrays, { name: this.name, weights });
    weights.dispose();
    return new CrossbarConvolution(matrix, geometry);
  }

  #geometryOf([, height, width, channels]: tf.Shape): ConvolutionGeometry {
    const { kernelSize, strides, dilationRate, padding = 'valid' } = this.#shape;
    const image = [height!, width!, channels!] as const;
    return convolutionGeometry(image, pair(kernelSize), pair(strides), pair(dilationRate), padding);
  }
}

tf.serialization.registerClass(AnalogConv2D);
