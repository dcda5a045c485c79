import { definePlugin, deviceModel } from '@txsim/core';
import { add, divide, multiply, subtract } from '@txsim/ops';
import { z } from 'zod';

// ΔG = request · (1 − k·(2x − 1)²), x = (G − gMin) / (gMax − gMin): steps shrink towards both ends of the window.
export const parabolic = deviceModel({
  id: 'parabolic',
  description: 'A device whose steps shrink towards both ends of its window.',
  config: z.strictObject({
    k: z.number().min(0).max(1).default(0.5).describe('shrinkage at the ends, fraction'),
  }),
  create: ({ config: { k } }) => ({
    gMin: 1e-6,
    gMax: 1e-5,
    respond: ({ g, request }) => {
      const u = subtract(multiply(2, divide(subtract(g, 1e-6), 9e-6)), 1);
      return add(g, multiply(request, subtract(1, multiply(k, u, u))));
    },
  }),
});

export default definePlugin({
  name: 'txsim-plugin-parabolic',
  version: '1.0.0',
  namespace: 'parabolic',
  engines: { txsim: '^0.1.0' },
  contributes: [parabolic],
});
