import { Geometry } from '../convolution/geometry';
import { Window } from './window';

/**
 * dx of a mean over windows: every pixel of a window gets dy / (kernelHeight · kernelWidth), also where a part of the
 * window lies outside the image. So does tfjs, although its means are over the pixels inside.
 */
export function averagePoolGradient(g: Geometry, dy: usize, dx: usize): void {
  const pixel = 4 * g.channels;
  const line = g.width * pixel;
  const share = f32(1) / f32(g.kernelHeight * g.kernelWidth);
  memory.fill(dx, 0, g.batch * g.height * line);
  for (let b = 0; b < g.batch; b++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      const rows = Window.rows(g, oy);
      for (let ox = 0; ox < g.outWidth; ox++) {
        const first = dx + Window.top(g, oy) * line + Window.left(g, ox) * pixel;
        const columns = Window.columns(g, ox);
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) addScaled(dy, share, first + i * line + j * pixel, pixel);
        }
        dy += pixel;
      }
    }
    dx += g.height * line;
  }
}

/** to += factor · from */
function addScaled(from: usize, factor: f32, to: usize, bytes: i32): void {
  let at = 0;
  for (; at + 16 <= bytes; at += 16) {
    const scaled = f32x4.mul(v128.load(from + at), f32x4.splat(factor));
    v128.store(to + at, f32x4.add(v128.load(to + at), scaled));
  }
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) + factor * load<f32>(from + at));
}
