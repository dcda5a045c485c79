import { Floats } from '../floats';
import { Geometry } from './geometry';

/**
 * The transpose of `unfold`: adds rows first … first + count − 1 to the pixels that they show; what lies outside the
 * image is dropped. The part that starts with row 0 clears x before.
 */
export function fold(g: Geometry, columns: usize, first: i32, count: i32, x: usize): void {
  const row = 4 * g.kernelHeight * g.kernelWidth * g.channels;
  const image = 4 * g.height * g.width * g.channels;
  if (first == 0) memory.fill(x, 0, g.batch * image);
  if (count == 0) return;
  const line = first / g.outWidth;
  let ox = first % g.outWidth;
  let oy = line % g.outHeight;
  x += (line / g.outHeight) * image;
  for (; count > 0; count--) {
    foldWindow(g, columns, oy * g.strideHeight - g.padTop, ox * g.strideWidth - g.padLeft, x);
    columns += row;
    if (++ox < g.outWidth) continue;
    ox = 0;
    if (++oy < g.outHeight) continue;
    oy = 0;
    x += image;
  }
}

function foldWindow(g: Geometry, columns: usize, top: i32, left: i32, image: usize): void {
  const dilation = g.dilationWidth;
  const run = dilation == 1 ? g.kernelWidth : 1;
  const end = left + g.kernelWidth * dilation;
  const step = run * dilation;
  const pixel = 4 * g.channels;
  const width = g.width;
  const segment = g.kernelWidth * pixel;
  for (let ky = 0; ky < g.kernelHeight; ky++) {
    const y = top + ky * g.dilationHeight;
    if (u32(y) < u32(g.height)) {
      const line = image + y * width * pixel;
      let source = columns;
      for (let x = left; x < end; x += step) {
        const from = max(x, 0);
        const to = min(x + run, width);
        if (to > from) Floats.add(source + (from - x) * pixel, line + from * pixel, (to - from) * pixel);
        source += run * pixel;
      }
    }
    columns += segment;
  }
}
