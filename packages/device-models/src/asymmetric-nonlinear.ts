import { conductanceRange, deviceModel } from '@txsim/core';
import { abs, add, divide, expm1, less, maximum, multiply, negate, select, subtract } from '@txsim/ops';
import { z } from 'zod';
import { deviceOfRequests, pulseRequestField } from './pulse-of-request.js';
import { withSpread } from './spread.js';
import { windowFields, windowIsOpen } from './window-fields.js';

/** Below this ν the response is linear to within float32. */
const LINEAR = 1e-5;

const fields = {
  ...windowFields,
  nu: z.number().min(0).max(20).default(0.1).describe('asymmetric non-linearity factor ν, dimensionless'),
  pulse: pulseRequestField,
};

/**
 * The asymmetric non-linear device of the TxSim paper. With R = gMax − gMin, δ = requested ΔG / R and
 * w₀ = R / (1 − e^−ν):
 *
 *     potentiation  ΔG = (w₀ + gMin − G)(1 − e^−νδ)      large near gMin, small near gMax
 *     depression    ΔG = (gMax − w₀ − G)(1 − e^νδ)       large near gMax, small near gMin
 *
 * ν → 0 is the ideal device. Source: Roy et al., "TxSim", arXiv 2002.11151, section on weight update; the curve is
 * that of Agarwal et al., "Resistive memory device requirements for a neural algorithm accelerator", IJCNN 2016.
 */
export const asymmetricNonlinear = deviceModel({
  id: 'asymmetric-nonlinear',
  description:
    'Exponential response with asymmetric non-linearity factor ν: potentiation slows towards gMax, depression towards gMin.',
  citation: 'Roy et al., arXiv 2002.11151 (TxSim); Agarwal et al., IJCNN 2016',
  config: z.strictObject(withSpread(fields)).check(windowIsOpen),
  create: ({ config }) =>
    deviceOfRequests(config, fields, { nu: 'nu' }, ({ nu, low, high, range }) => ({ g, request }) => {
      if (nu.op === 'constant' && nu.value < LINEAR) return add(g, request);
      const curved = maximum(nu, LINEAR);
      const w0 = divide(range, negate(expm1(negate(curved))));
      // Both branches share 1 − e^−ν|δ|: for depression δ < 0, so 1 − e^νδ is the same.
      const moved = expm1(multiply(abs(request), divide(negate(curved), conductanceRange(config))));
      const goal = select(less(0, request), add(w0, low), subtract(high, w0));
      return add(g, multiply(subtract(g, goal), moved));
    }),
});
