import { Geometry } from '../convolution/geometry';
import { Window } from './window';

/**
 * dx of a maximum over windows: each window's dy goes to its largest pixel, the first of equals in reading order.
 * A window in which nothing is larger than −∞ passes nothing on.
 */
export function maxPoolGradient(g: Geometry, x: usize, dy: usize, dx: usize): void {
  const pixel = 4 * g.channels;
  const line = g.width * pixel;
  memory.fill(dx, 0, g.batch * g.height * line);
  for (let b = 0; b < g.batch; b++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      const rows = Window.rows(g, oy);
      for (let ox = 0; ox < g.outWidth; ox++) {
        const start = Window.top(g, oy) * line + Window.left(g, ox) * pixel;
        const width = Window.columns(g, ox) * pixel;
        passOn(x + start, dx + start, dy, rows, width, line, pixel);
        dy += pixel;
      }
    }
    x += g.height * line;
    dx += g.height * line;
  }
}

function passOn(x: usize, dx: usize, dy: usize, rows: i32, width: i32, line: i32, pixel: i32): void {
  let at = 0;
  for (; at + 16 <= pixel; at += 16) fourChannels(x + at, dx + at, dy + at, rows, width, line, pixel);
  for (; at < pixel; at += 4) oneChannel(x + at, dx + at, dy + at, rows, width, line, pixel);
}

/** Twice over the window: which pixel is largest, then every pixel takes dy or 0. */
function fourChannels(x: usize, dx: usize, dy: usize, rows: i32, width: i32, line: i32, pixel: i32): void {
  let largest = f32x4.splat(-Infinity);
  let place = i32x4.splat(-1);
  for (let row = 0; row < rows; row++) {
    for (let at = row * line, end = at + width; at < end; at += pixel) {
      const value = v128.load(x + at);
      const larger = f32x4.gt(value, largest);
      largest = v128.bitselect(value, largest, larger);
      place = v128.bitselect(i32x4.splat(at), place, larger);
    }
  }
  const gradient = v128.load(dy);
  for (let row = 0; row < rows; row++) {
    for (let at = row * line, end = at + width; at < end; at += pixel) {
      const taken = v128.and(gradient, i32x4.eq(place, i32x4.splat(at)));
      v128.store(dx + at, f32x4.add(v128.load(dx + at), taken));
    }
  }
}

function oneChannel(x: usize, dx: usize, dy: usize, rows: i32, width: i32, line: i32, pixel: i32): void {
  let largest: f32 = -Infinity;
  let place = -1;
  for (let row = 0; row < rows; row++) {
    for (let at = row * line, end = at + width; at < end; at += pixel) {
      const value = load<f32>(x + at);
      if (value > largest) {
        largest = value;
        place = at;
      }
    }
  }
  if (place >= 0) store<f32>(dx + place, load<f32>(dx + place) + load<f32>(dy));
}
