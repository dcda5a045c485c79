import { backend } from '@txsim/core';
import { z } from 'zod';
import { activateWasm } from './activate.js';

/** tfjs on WebAssembly, with SIMD kernels for the products, the noise, the wires and every stage's expression. */
export const wasm = backend({
  id: 'wasm',
  description: 'WebAssembly with SIMD kernels; runs everywhere without a compiler or a download.',
  config: z.strictObject({}),
  create: () => ({
    priority: 10,
    probe: async () => ({ available: true, detail: 'WebAssembly SIMD, one thread' }),
    activate: activateWasm,
  }),
});
