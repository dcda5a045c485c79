import { poolKernel } from './pool.js';

/**
 * tf.maxPool. Replaces the kernel that damages the heap when the padding is a number and the window or its strides are
 * not square.
 */
export const maxPool = poolKernel('MaxPool', false);
