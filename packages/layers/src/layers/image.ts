import { PluginError } from '@txsim/core';
import { convolutionGeometry, type ConvolutionGeometry } from '@txsim/ops';
import type { DigitalLayer } from './on-arrays.js';

/** What an analog convolution uses of the digital one that it extends. */
export interface ConvolutionLayer extends DigitalLayer {
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly dilationRate: number | readonly number[];
  readonly padding: 'same' | 'valid';
  /** Without the batch dimension; known when the layer is built. */
  imageShape?: readonly (number | null)[];
}

/**
 * The geometry of a layer over [height, width, channels] or, of height 1, over [steps, channels].
 *
 * @throws PluginError STACK_INVALID if the network leaves the size of its images open
 */
export function geometryOf(layer: ConvolutionLayer, dilated = true): ConvolutionGeometry {
  const { kernelSize, strides, dilationRate, padding, imageShape } = layer;
  const dilations = typeof dilationRate === 'number' ? kernelSize.map(() => dilationRate) : dilationRate;
  const pair = (of: readonly number[]): [number, number] =>
    of.length === 1 ? [1, of[0]!] : [of[0]!, of[1]!];
  if (!isKnown(imageShape!)) {
    const open = `images of [${imageShape!.map((n) => n ?? 'any').join(', ')}]`;
    throw new PluginError('STACK_INVALID', layer.name, `${open}: arrays need their size; give convertToAnalog the inputShape`); // prettier-ignore
  }
  const [channels, ...reversed] = [...imageShape].reverse();
  const size = pair(reversed.reverse());
  const reach = dilated ? pair(dilations) : ([1, 1] as const);
  return convolutionGeometry([...size, channels!], pair(kernelSize), pair(strides), reach, padding);
}

const isKnown = (shape: readonly (number | null)[]): shape is readonly number[] => !shape.includes(null);
