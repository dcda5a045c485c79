import { poolKernel } from './pool.js';

/**
 * tf.avgPool. Replaces the kernel that damages the heap when the padding is a number and the window or its strides are
 * not square.
 */
export const avgPool = poolKernel('AvgPool', true);
