import { Geometry } from '../convolution/geometry';

/** The part of a window that lies in the image, all in bytes: `rows` lines, `line` apart, of `width` each. */
export class Window {
  /** First line of the window at oy, not above the image. */
  @inline static top(g: Geometry, oy: i32): i32 {
    return max(oy * g.strideHeight - g.padTop, 0);
  }

  @inline static rows(g: Geometry, oy: i32): i32 {
    return min(oy * g.strideHeight - g.padTop + g.kernelHeight, g.height) - Window.top(g, oy);
  }

  @inline static left(g: Geometry, ox: i32): i32 {
    return max(ox * g.strideWidth - g.padLeft, 0);
  }

  @inline static columns(g: Geometry, ox: i32): i32 {
    return min(ox * g.strideWidth - g.padLeft + g.kernelWidth, g.width) - Window.left(g, ox);
  }
}
