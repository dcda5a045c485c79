/**
 * The sizes of a convolution or pooling, as the caller lays them out in memory: NHWC tensors, a window that starts at
 * (oy · strideHeight − padTop, ox · strideWidth − padLeft). What the window sees outside the image is 0.
 */
@unmanaged
export class Geometry {
  batch: i32;
  height: i32;
  width: i32;
  channels: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  padTop: i32;
  padLeft: i32;
  outHeight: i32;
  outWidth: i32;
}
