export { activateWasm } from './activate.js';
export { fillRandom } from './kernels/fill-random.js';
export { registerKernels } from './kernels/register.js';
