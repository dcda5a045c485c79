import { backend } from '@txsim/core';
import { z } from 'zod';
import { activateWebgpu } from './activate.js';
import { probe } from './gpu/probe.js';

/** tfjs on WebGPU, with kernels in WGSL for reads, wires, updates and every stage's expression. */
export const webgpu = backend({
  id: 'webgpu',
  description:
    'A graphics processor through WebGPU, in a page and in Node (with the package webgpu installed).',
  config: z.strictObject({}),
  create: () => ({ priority: 20, probe, activate: activateWebgpu }),
});
