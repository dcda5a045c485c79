export { interleaved } from './adjacent-columns.js';
export * from './array-model.js';
export * from './crossbar-convolution.js';
export * from './crossbar-matrix.js';
export { Growth } from './growth.js';
export { Inspection } from './inspection.js';
export * from './learning-matrix.js';
