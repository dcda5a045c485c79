// A non-ideality that asks others how warm it is: it opens an extension point, to which any plugin may contribute.
import { defineExtensionPoint, definePlugin, nonIdeality } from '@txsim/core';
import { multiply } from '@txsim/ops';
import { z } from 'zod';

/** Where the arrays' temperature comes from: `{ kelvin }`. A stack chooses one under "extensions". */
export const thermometer = defineExtensionPoint('thermometer', 'one');

/** At which the conductances are those of the device model, kelvin. */
const REFERENCE = 300;

export const thermalConductance = nonIdeality({
  id: 'thermal-conductance',
  description: 'G → G · (1 + α (T − 300 K)); T is that of the thermometer in the stack, without one 300 K.',
  config: z.strictObject({
    alpha: z.number().min(-0.01).max(0.01).default(-0.001).describe('temperature coefficient, 1/kelvin'),
  }),
  create: ({ config: { alpha }, resolveOptional }) => {
    const { kelvin } = resolveOptional(thermometer) ?? { kelvin: REFERENCE };
    const factor = Math.max(0, 1 + alpha * (kelvin - REFERENCE));
    return { effects: [{ stage: 'conduct', apply: (state) => multiply(state, factor) }] };
  },
});

export const oven = thermometer({
  id: 'oven',
  description: 'The same temperature everywhere, always.',
  config: z.strictObject({
    kelvin: z.number().min(0).max(1000).default(350).describe('temperature of the arrays, kelvin'),
  }),
  create: ({ config }) => config,
});

export default definePlugin({
  name: '@example/txsim-plugin-thermal-conductance',
  version: '1.0.0',
  namespace: 'thermal-conductance',
  engines: { txsim: '^0.1.0' },
  contributes: [thermalConductance, oven],
});
