import type { ArrayModel } from '@txsim/array';
import type { DataType } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { AnalogKernel } from '../kernel/analog-kernel.js';
import type { Arrangement } from '../kernel/arrangement.js';

/** A layer, or the cell of a recurrent one, some of whose weights are on arrays. */
export interface OnArrays {
  readonly kernels: Readonly<Record<string, AnalogKernel>>;
  /** What it computes digitally beside biases and activations. */
  readonly digitalOperations: readonly string[];
}

/** What an analog layer uses of the digital one that it extends. */
export interface DigitalLayer extends tf.layers.Layer {
  readonly activation: { apply(x: tf.Tensor): tf.Tensor };
  readonly bias: tf.LayerVariable | null;
}

/** How a weight of a layer lies in matrices. @param shape of the weight */
export type Arrange<L> = (layer: L, shape: readonly number[], arrays: ArrayModel) => Arrangement;

export type LayerConfig = ConstructorParameters<typeof tf.layers.Layer>[0];
/** What tfjs registers: a class with the way back from its configuration. */
export type LayerClass<L extends tf.layers.Layer> = (new (config: LayerConfig) => L) &
  Pick<tf.serialization.SerializableConstructor<L>, 'fromConfig'>;
type Regularizer = { apply(x: tf.Tensor): tf.Scalar };

/** Whether a layer has kernels on arrays. */
export const isOnArrays = (layer: object): layer is OnArrays & tf.layers.Layer =>
  'kernels' in layer && Object.values(layer.kernels as object).every((k) => k instanceof AnalogKernel);

/** The class of a tfjs layer, by the name under which models are saved. */
export const digitalClass = <L extends tf.layers.Layer = tf.layers.Layer>(name: string): LayerClass<L> =>
  tf.serialization.SerializationMap.getMap().classNameMap[name]![0] as never;

/**
 * The class of a tfjs layer, with the named weights on arrays. Configuration, shapes, biases, regularisers and names
 * are those of tfjs; what remains to be said is `call`.
 *
 * @param digitalOperations what `call` does beside products, biases and activations
 */
export function onArrays<L extends tf.layers.Layer = DigitalLayer>(
  digital: string,
  arrangements: Readonly<Record<string, Arrange<L>>>,
  digitalOperations: readonly string[] = [],
): LayerClass<L & OnArrays> {
  class Layer extends digitalClass(digital) implements OnArrays {
    readonly kernels: Record<string, AnalogKernel> = {};
    readonly digitalOperations = digitalOperations;

    protected override addWeight(
      name: string,
      shape: tf.Shape,
      dtype?: DataType,
      initializer?: ReturnType<typeof tf.initializers.zeros>,
      regularizer?: Regularizer,
      ...rest: never[]
    ): tf.LayerVariable {
      const arrange = arrangements[name];
      if (!arrange) return super.addWeight(name, shape, dtype, initializer, regularizer as never, ...rest);
      const kernel = new AnalogKernel(
        name,
        shape,
        (arrays) => arrange(this as unknown as L, shape as number[], arrays),
        (variable) => this._trainableWeights.push(variable),
      );
      if (regularizer) this.addLoss(() => regularizer.apply(kernel.variable.read()));
      this.kernels[name] = kernel;
      this._trainableWeights.push(kernel.variable);
      return kernel.variable;
    }
  }
  return Layer as unknown as LayerClass<L & OnArrays>;
}

/** activation(product + bias), digitally. */
export function finish({ activation, bias }: DigitalLayer, product: tf.Tensor): tf.Tensor {
  const biased = bias ? tf.add(product, bias.read()) : product;
  return activation ? activation.apply(biased) : biased;
}

/** The one input of a layer. */
export const only = (inputs: tf.Tensor | tf.Tensor[]): tf.Tensor =>
  Array.isArray(inputs) ? inputs[0]! : inputs;
