export * from './analog-conv2d.js';
export * from './analog-dense.js';
export * from './analog-layer.js';
export * from './convert-to-analog.js';
