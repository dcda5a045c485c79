export * from './array-model.js';
export * from './crossbar-convolution.js';
export * from './crossbar-matrix.js';
export * from './learning-matrix.js';
