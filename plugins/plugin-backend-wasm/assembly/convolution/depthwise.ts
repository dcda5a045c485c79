import { Floats } from '../floats';
import { Geometry } from './geometry';

/** What a tap of a window does with the pixel x[c], the output y[c, m] and the filter f[c, m]. */
enum Tap {
  /** y += x·f */
  output,
  /** x += Σ_m y·f */
  input,
  /** f += x·y */
  filter,
}

/** y[b, oy, ox, c·M + m] = Σ x[b, iy, ix, c] · f[ky, kx, c, m], M the multiplier. */
export function depthwise(g: Geometry, multiplier: i32, x: usize, filter: usize, y: usize): void {
  memory.fill(y, 0, 4 * g.batch * g.outHeight * g.outWidth * g.channels * multiplier);
  visit(g, multiplier, x, y, filter, Tap.output);
}

/** Its gradient with respect to x. */
export function depthwiseInputGradient(
  g: Geometry,
  multiplier: i32,
  dy: usize,
  filter: usize,
  dx: usize,
): void {
  memory.fill(dx, 0, 4 * g.batch * g.height * g.width * g.channels);
  visit(g, multiplier, dx, dy, filter, Tap.input);
}

/** Its gradient with respect to the filter. */
export function depthwiseFilterGradient(
  g: Geometry,
  multiplier: i32,
  x: usize,
  dy: usize,
  filter: usize,
): void {
  memory.fill(filter, 0, 4 * g.kernelHeight * g.kernelWidth * g.channels * multiplier);
  visit(g, multiplier, x, dy, filter, Tap.filter);
}

function visit(g: Geometry, multiplier: i32, x: usize, y: usize, filter: usize, tap: Tap): void {
  const image = 4 * g.height * g.width * g.channels;
  const pixel = 4 * g.channels * multiplier;
  for (let b = 0; b < g.batch; b++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      const top = oy * g.strideHeight - g.padTop;
      for (let ox = 0; ox < g.outWidth; ox++) {
        const left = ox * g.strideWidth - g.padLeft;
        visitWindow(g, multiplier, x, top, left, y, filter, tap);
        y += pixel;
      }
    }
    x += image;
  }
}

/** Every tap that lies in the image. */
function visitWindow(
  g: Geometry,
  multiplier: i32,
  image: usize,
  top: i32,
  left: i32,
  y: usize,
  filter: usize,
  tap: Tap,
): void {
  const channels = g.channels;
  for (let ky = 0; ky < g.kernelHeight; ky++) {
    const iy = top + ky * g.dilationHeight;
    for (let kx = 0; kx < g.kernelWidth; kx++) {
      const ix = left + kx * g.dilationWidth;
      if (u32(iy) < u32(g.height) && u32(ix) < u32(g.width)) {
        const x = image + 4 * (iy * g.width + ix) * channels;
        if (multiplier == 1) oneForOne(4 * channels, x, y, filter, tap);
        else oneForMany(channels, multiplier, x, y, filter, tap);
      }
      filter += 4 * channels * multiplier;
    }
  }
}

function oneForOne(bytes: i32, x: usize, y: usize, filter: usize, tap: Tap): void {
  if (tap == Tap.output) Floats.addProduct(x, filter, y, bytes);
  else if (tap == Tap.input) Floats.addProduct(y, filter, x, bytes);
  else Floats.addProduct(x, y, filter, bytes);
}

function oneForMany(channels: i32, multiplier: i32, x: usize, y: usize, filter: usize, tap: Tap): void {
  for (let c = 0; c < channels; c++) {
    const value = load<f32>(x);
    let sum: f32 = 0;
    for (let m = 0; m < multiplier; m++) {
      if (tap == Tap.output) store<f32>(y, load<f32>(y) + value * load<f32>(filter));
      else if (tap == Tap.input) sum += load<f32>(y) * load<f32>(filter);
      else store<f32>(filter, load<f32>(filter) + value * load<f32>(y));
      y += 4;
      filter += 4;
    }
    if (tap == Tap.input) store<f32>(x, value + sum);
    x += 4;
  }
}
