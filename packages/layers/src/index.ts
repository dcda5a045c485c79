export * from './analog-dense.js';
export * from './convert-to-analog.js';
