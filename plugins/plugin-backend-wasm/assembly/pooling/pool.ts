import { Geometry } from '../convolution/geometry';
import { Window } from './window';

/**
 * The maximum or, with `average`, the mean of what each window sees of the image. A NaN is never the maximum; the
 * maximum of nothing is −∞.
 */
export function pool(g: Geometry, x: usize, y: usize, average: bool): void {
  const pixel = 4 * g.channels;
  const line = g.width * pixel;
  for (let b = 0; b < g.batch; b++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      const rows = Window.rows(g, oy);
      const first = x + Window.top(g, oy) * line;
      for (let ox = 0; ox < g.outWidth; ox++) {
        const from = first + Window.left(g, ox) * pixel;
        const columns = Window.columns(g, ox);
        if (average) averageWindow(from, y, rows, columns, line, pixel);
        else largestInWindow(from, y, rows, columns, line, pixel);
        y += pixel;
      }
    }
    x += g.height * line;
  }
}

function largestInWindow(x: usize, y: usize, rows: i32, columns: i32, line: i32, pixel: i32): void {
  let at = 0;
  for (; at + 16 <= pixel; at += 16) {
    let largest = f32x4.splat(-Infinity);
    for (let i = 0; i < rows; i++) {
      let from = x + i * line + at;
      for (let j = 0; j < columns; j++) {
        largest = f32x4.pmax(largest, v128.load(from));
        from += pixel;
      }
    }
    v128.store(y + at, largest);
  }
  for (; at < pixel; at += 4) {
    let largest: f32 = -Infinity;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const value = load<f32>(x + i * line + j * pixel + at);
        if (value > largest) largest = value;
      }
    }
    store<f32>(y + at, largest);
  }
}

function averageWindow(x: usize, y: usize, rows: i32, columns: i32, line: i32, pixel: i32): void {
  const count = f32(rows * columns);
  let at = 0;
  for (; at + 16 <= pixel; at += 16) {
    let sum = f32x4.splat(0);
    for (let i = 0; i < rows; i++) {
      let from = x + i * line + at;
      for (let j = 0; j < columns; j++) {
        sum = f32x4.add(sum, v128.load(from));
        from += pixel;
      }
    }
    v128.store(y + at, f32x4.div(sum, f32x4.splat(count)));
  }
  for (; at < pixel; at += 4) {
    let sum: f32 = 0;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) sum += load<f32>(x + i * line + j * pixel + at);
    }
    store<f32>(y + at, sum / count);
  }
}
