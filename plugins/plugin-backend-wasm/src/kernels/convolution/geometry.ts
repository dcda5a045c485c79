import * as tf from '@tensorflow/tfjs';
import type { ConvolutionGeometry } from '@txsim/ops';

/** Sizes of a convolution or pooling over NHWC tensors; see `assembly/convolution/geometry.ts`. */
export type Geometry = ConvolutionGeometry & { readonly batch: number };

/** In the order in which the kernels read them. */
const FIELDS = [
  'batch',
  'height',
  'width',
  'channels',
  'kernelHeight',
  'kernelWidth',
  'strideHeight',
  'strideWidth',
  'dilationHeight',
  'dilationWidth',
  'padTop',
  'padLeft',
  'outHeight',
  'outWidth',
] as const satisfies readonly (keyof Geometry)[];

/** Bytes of a geometry in memory, rounded up to a multiple of 16. */
export const GEOMETRY_BYTES = 64;

/** The numbers that `Heap.write` puts where a kernel expects a geometry. */
export const fieldsOf = (geometry: Geometry): number[] => FIELDS.map((field) => geometry[field]);

/** The attributes that tfjs' convolution kernels have in common. */
export interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dilations?: number | [number, number];
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape4D = [number, number, number, number];

/** What tfjs knows of a convolution or pooling, as a geometry. */
export function geometryOf(info: tf.backend_util.Conv2DInfo): Geometry {
  return {
    batch: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
    kernelHeight: info.filterHeight,
    kernelWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    dilationHeight: info.dilationHeight,
    dilationWidth: info.dilationWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
  };
}

/**
 * The geometry of a convolution of an input of shape [batch, height, width, channels].
 *
 * @throws Error if the data format is NCHW
 */
export function convolutionGeometry(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: ConvolutionAttributes,
  depthwise = false,
): Geometry {
  const { strides, pad, dilations, dataFormat, dimRoundingMode } = attributes;
  if (dataFormat === 'NCHW')
    throw new Error('plugin-backend-wasm: convolutions of NCHW tensors are not supported, use NHWC');
  const shapes = [inputShape as Shape4D, filterShape as Shape4D] as const;
  const info = tf.backend_util.computeConv2DInfo(...shapes, strides, dilations ?? 1, pad, dimRoundingMode, depthwise); // prettier-ignore
  return geometryOf(info);
}
