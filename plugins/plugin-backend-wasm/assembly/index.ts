/** The exports of the kernel module. Pointers, strides and steps are in bytes; all numbers are float32. */
export { gemm } from './matrix/gemm';
export { unfold } from './convolution/unfold';
export { fold } from './convolution/fold';
export { depthwise, depthwiseInputGradient, depthwiseFilterGradient } from './convolution/depthwise';
export { pool } from './pooling/pool';
export { averagePoolGradient } from './pooling/average-pool-gradient';
export { maxPoolGradient } from './pooling/max-pool-gradient';
export { segmentSum } from './segments/sum';
export { packTile } from './tiles/pack';
export { multiplyTile } from './tiles/multiply';
export { tileOuter } from './tiles/outer';
export { addRows } from './tiles/sum';
export { rowMagnitudes, rowNorms, scaleRows, addScaledRows } from './rows';
export { square, squareRoot } from './squares';
export { effectiveConductance } from './wires/effective-conductance';
export { lineSeverity } from './wires/severity';
export { exactCurrents, exactWorkspace } from './network/solve';
