/** A convolution over images, channels last. */
export interface ConvolutionGeometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

type Pair = readonly [height: number, width: number];

/**
 * Sizes and padding of a convolution as tfjs defines `same` and `valid`.
 *
 * @throws Error if the kernel nowhere fits into the image
 */
export function convolutionGeometry(
  [height, width, channels]: readonly [number, number, number],
  kernel: Pair,
  strides: Pair,
  dilations: Pair,
  padding: 'same' | 'valid',
): ConvolutionGeometry {
  const along = (
    size: number,
    k: number,
    stride: number,
    dilation: number,
  ): [out: number, before: number] => {
    const reach = (k - 1) * dilation + 1;
    if (padding === 'valid' && reach > size)
      throw new Error(`a kernel that reaches over ${reach} does not fit into ${size}`);
    if (padding === 'valid') return [Math.ceil((size - reach + 1) / stride), 0];
    const out = Math.ceil(size / stride);
    return [out, Math.floor(Math.max((out - 1) * stride + reach - size, 0) / 2)];
  };
  const [outHeight, padTop] = along(height, kernel[0], strides[0], dilations[0]);
  const [outWidth, padLeft] = along(width, kernel[1], strides[1], dilations[1]);
  return {
    height,
    width,
    channels,
    kernelHeight: kernel[0],
    kernelWidth: kernel[1],
    strideHeight: strides[0],
    strideWidth: strides[1],
    dilationHeight: dilations[0],
    dilationWidth: dilations[1],
    padTop,
    padLeft,
    outHeight,
    outWidth,
  };
}

/** Elements of one patch: the inputs of the matrix that a convolution's kernel is. */
export const patchSize = (g: ConvolutionGeometry): number => g.kernelHeight * g.kernelWidth * g.channels;

/** Patches of one image: the positions at which the kernel is applied. */
export const positions = (g: ConvolutionGeometry): number => g.outHeight * g.outWidth;
