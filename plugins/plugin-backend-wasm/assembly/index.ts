/** The exports of the kernel module. Pointers, strides and steps are in bytes; all numbers are float32. */
export { gemm } from './matrix/gemm';
export { unfold } from './convolution/unfold';
export { fold } from './convolution/fold';
export { depthwise, depthwiseInputGradient, depthwiseFilterGradient } from './convolution/depthwise';
export { pool } from './pooling/pool';
export { averagePoolGradient } from './pooling/average-pool-gradient';
export { maxPoolGradient } from './pooling/max-pool-gradient';
export { segmentSum } from './segments/sum';
export { fill } from './random/fill';
export { tileProductForward } from './tiles/product-forward';
export { tileProductBackward } from './tiles/product-backward';
export { tileOuter } from './tiles/outer';
export { addRows } from './tiles/sum';
export { effectiveConductance } from './wires/effective-conductance';
export { lineSeverity } from './wires/severity';
export { exactCurrents, exactWorkspace } from './network/solve';
