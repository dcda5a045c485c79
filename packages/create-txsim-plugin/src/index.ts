export * from './create-plugin.js';
export * from './kinds.js';
export { nextSteps } from './run.js';
