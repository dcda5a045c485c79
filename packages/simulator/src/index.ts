export * from './analog-matrix.js';
export * from './simulate.js';
export * from './standard-plugins.js';
export { convertToAnalog } from '@txsim/layers';
