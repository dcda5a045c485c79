import { Floats } from '../floats';
import { Geometry } from './geometry';

/**
 * Rows first … first + count − 1 of the matrix [batch · outHeight · outWidth, kernelHeight · kernelWidth · channels]
 * whose row (b, oy, ox) is what the window at (oy, ox) sees of image b; column order (ky, kx, channel).
 */
export function unfold(g: Geometry, x: usize, first: i32, count: i32, columns: usize): void {
  if (count == 0) return;
  const row = 4 * g.kernelHeight * g.kernelWidth * g.channels;
  const image = 4 * g.height * g.width * g.channels;
  const line = first / g.outWidth;
  let ox = first % g.outWidth;
  let oy = line % g.outHeight;
  x += (line / g.outHeight) * image;
  for (; count > 0; count--) {
    unfoldWindow(g, x, oy * g.strideHeight - g.padTop, ox * g.strideWidth - g.padLeft, columns);
    columns += row;
    if (++ox < g.outWidth) continue;
    ox = 0;
    if (++oy < g.outHeight) continue;
    oy = 0;
    x += image;
  }
}

/** A line of the window is one run of pixels, or, dilated, a run for each of them. */
function unfoldWindow(g: Geometry, image: usize, top: i32, left: i32, columns: usize): void {
  const dilation = g.dilationWidth;
  const run = dilation == 1 ? g.kernelWidth : 1;
  const end = left + g.kernelWidth * dilation;
  const step = run * dilation;
  const pixel = 4 * g.channels;
  const width = g.width;
  for (let ky = 0; ky < g.kernelHeight; ky++) {
    const y = top + ky * g.dilationHeight;
    const outside = u32(y) >= u32(g.height);
    const line = image + y * width * pixel;
    for (let x = left; x < end; x += step) {
      const from = outside ? x + run : min(max(x, 0), x + run);
      const to = outside ? from : max(min(x + run, width), from);
      Floats.clear(columns, (from - x) * pixel);
      columns += (from - x) * pixel;
      Floats.copy(line + from * pixel, columns, (to - from) * pixel);
      columns += (to - from) * pixel;
      Floats.clear(columns, (x + run - to) * pixel);
      columns += (x + run - to) * pixel;
    }
  }
}
