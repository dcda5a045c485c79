import type { ConvolutionGeometry } from '@txsim/ops';

/** Uniforms of `readPatch` and of `fold`. */
export const patchIntegers = (g: ConvolutionGeometry): Record<string, number> => ({
  imageHeight: g.height,
  imageWidth: g.width,
  channels: g.channels,
  kernelHeight: g.kernelHeight,
  kernelWidth: g.kernelWidth,
  strideHeight: g.strideHeight,
  strideWidth: g.strideWidth,
  dilationHeight: g.dilationHeight,
  dilationWidth: g.dilationWidth,
  padTop: g.padTop,
  padLeft: g.padLeft,
  outHeight: g.outHeight,
  outWidth: g.outWidth,
});

/** Body of a function in WGSL: element `at` of patch `vector` of the images in the buffer `name`, 0 outside. */
export const readPatch = (name: string): string => `
  let channel = at % uniforms.channels;
  let cell = at / uniforms.channels;
  let position = vector % (uniforms.outHeight * uniforms.outWidth);
  let image = vector / (uniforms.outHeight * uniforms.outWidth);
  let y = position / uniforms.outWidth * uniforms.strideHeight + cell / uniforms.kernelWidth * uniforms.dilationHeight;
  let x = position % uniforms.outWidth * uniforms.strideWidth + cell % uniforms.kernelWidth * uniforms.dilationWidth;
  if (y < uniforms.padTop || x < uniforms.padLeft) { return 0.0; }
  let row = y - uniforms.padTop;
  let column = x - uniforms.padLeft;
  if (row >= uniforms.imageHeight || column >= uniforms.imageWidth) { return 0.0; }
  return ${name}[((image * uniforms.imageHeight + row) * uniforms.imageWidth + column) * uniforms.channels + channel];`;
