/** The exports of the kernel module. Pointers, strides and steps are in bytes; all numbers are float32. */
export { gemm } from './matrix/gemm';
export { fill } from './random/fill';
export { tileProductForward } from './tiles/product-forward';
export { tileProductBackward } from './tiles/product-backward';
export { tileOuter } from './tiles/outer';
export { addRows } from './tiles/sum';
export { effectiveConductance } from './wires/effective-conductance';
