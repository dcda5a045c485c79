import { deviceModel } from '@txsim/core';
import { multiply } from '@txsim/ops';
import { z } from 'zod';
import { pulsedStep, stepFields } from './pulsed-step.js';
import { withSpread } from './spread.js';
import { weightsAreOrdered } from './weight-scale.js';

/**
 * Each pulse makes the same step, up to hard bounds: Δw = ±a±(1 + sξ). The answer to a request of n pulses is exact,
 * ±a±(n + s√n ξ). Source: Gokmen & Vlasov, Front. Neurosci. 10:333 (2016).
 */
export const constantStep = deviceModel({
  id: 'constant-step',
  description: 'Equal steps between hard bounds.',
  citation: 'Gokmen & Vlasov, Front. Neurosci. 10:333 (2016)',
  config: z.strictObject(withSpread(stepFields)).check(weightsAreOrdered),
  create: ({ config }) =>
    pulsedStep(config, stepFields, ({ stepUp, stepDown }) => ({
      up: () => stepUp,
      down: () => stepDown,
      train: { up: (_, n) => multiply(stepUp, n), down: (_, n) => multiply(stepDown, n) },
    })),
});
