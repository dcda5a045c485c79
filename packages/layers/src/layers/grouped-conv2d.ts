import * as tf from '@tensorflow/tfjs';
import { parts } from '../kernel/arrangement.js';
import type { ConvolutionLayer } from './image.js';
import { digitalClass, finish, only, type LayerConfig } from './on-arrays.js';

/** What a grouped convolution has beside an ordinary one. */
export interface GroupedConvolution extends ConvolutionLayer {
  readonly groups: number;
  readonly filters: number;
  readonly kernel: tf.LayerVariable;
}

/**
 * A convolution whose channels and filters come in groups that do not see each other, as Keras has it under `groups` of
 * Conv2D and tfjs does not: kernel[kernelHeight, kernelWidth, channels / groups, filters]. Channels last.
 */
export class GroupedConv2D extends digitalClass<GroupedConvolution>('Conv2D') {
  static readonly className: string = 'GroupedConv2D';
  declare readonly groups: number;

  /** @throws Error if filters cannot be divided into the groups */
  constructor(config: LayerConfig & { readonly filters?: number; readonly groups?: number }) {
    super(config);
    const { groups = 1 } = config;
    (this as { groups: number }).groups = groups;
    if (this.filters % groups !== 0)
      throw new Error(`${this.name}: ${this.filters} filters cannot be divided into ${groups} groups`);
  }

  /** @throws Error if channels cannot be divided into the groups */
  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = inputShape as number[];
    const channels = shape.at(-1)!;
    if (channels % this.groups !== 0)
      throw new Error(`${this.name}: ${channels} channels cannot be divided into ${this.groups} groups`);
    this.imageShape = shape.slice(1);
    super.build([...shape.slice(0, -1), channels / this.groups]);
    this.inputSpec = [new tf.InputSpec({ ndim: 4, axes: { 3: channels } })];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { strides, padding, dilationRate } = this;
    return tf.tidy(() => {
      const kernels = inGroups(this.kernel.read() as tf.Tensor4D, this.groups);
      const outputs = inGroups(only(inputs) as tf.Tensor4D, this.groups).map((x, i) =>
        tf.conv2d(x, kernels[i]!, strides as [number, number], padding, 'NHWC', dilationRate as [number, number]),
      );
      return finish(this, tf.concat(outputs, 3));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), groups: this.groups };
  }
}

/** Equal parts along the last axis. */
export const inGroups = <T extends tf.Tensor>(x: T, groups: number): T[] =>
  parts(x, Array<number>(groups).fill(x.shape.at(-1)! / groups), 3);

tf.serialization.registerClass(GroupedConv2D);
