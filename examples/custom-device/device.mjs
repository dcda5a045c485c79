import { definePlugin, deviceModel } from '@txsim/core';
import { add, divide, multiply, subtract } from '@txsim/ops';
import { z } from 'zod';

// ΔG = request · (1 − k · G / gMax): steps shrink as the conductance grows.
export const saturating = deviceModel({
  id: 'saturating',
  description: 'A device whose steps shrink as its conductance grows.',
  config: z.strictObject({ k: z.number().min(0).max(1).default(0.5).describe('shrinkage, fraction') }),
  create: ({ config: { k } }) => ({
    gMin: 1e-6, // siemens
    gMax: 1e-5,
    respond: ({ g, request }) => add(g, multiply(request, subtract(1, multiply(k, divide(g, 1e-5))))),
  }),
});

export default definePlugin({
  name: 'txsim-plugin-saturating',
  version: '1.0.0',
  namespace: 'saturating',
  engines: { txsim: '^0.1.0' },
  contributes: [saturating],
});
