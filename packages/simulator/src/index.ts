export * from './analog-matrix.js';
export * from './convert-to-analog.js';
export * from './simulate.js';
export * from './standard-plugins.js';
export { convertToDigital, GroupedConv2D, MultiHeadAttention } from '@txsim/layers';
export { loadNetwork, saveNetwork } from '@txsim/trainers';
