import { conductanceRange, deviceModel } from '@txsim/core';
import { add, clamp, divide, exp, expm1, maximum, multiply, subtract } from '@txsim/ops';
import { z } from 'zod';
import { deviceOfRequests, pulseRequestField } from './pulse-of-request.js';
import { withSpread } from './spread.js';
import { windowFields, windowIsOpen } from './window-fields.js';

/** Below this ν the response is linear to within float32. */
const LINEAR = 1e-3;

/** Exponents beyond this leave float32. */
const STEEPEST = 80;

const fields = {
  ...windowFields,
  nu: z.number().min(0).max(20).default(1).describe('symmetric non-linearity factor ν, dimensionless'),
  pulse: pulseRequestField,
};

/**
 * The symmetric non-linear device: steps up and down are equal at the same conductance, largest in the middle of the
 * window and small at both ends. With R = gMax − gMin, δ = requested ΔG / R, A = R(e^ν + 1)/(e^ν − 1) and
 * B = −R/(e^ν − 1) + gMin,
 *
 *     ΔG = A / (1 + e^{−2νδ}(A/(G − B) − 1)) − (G − B)
 *
 * ν → 0 is the ideal device. Source: Agarwal et al., "Resistive memory device requirements for a neural algorithm
 * accelerator", IJCNN 2016.
 */
export const symmetricNonlinear = deviceModel({
  id: 'symmetric-nonlinear',
  description: 'Non-linear response that is the same up and down: large mid-window, small at both ends.',
  citation: 'Agarwal et al., IJCNN 2016',
  config: z.strictObject(withSpread(fields)).check(windowIsOpen),
  create: ({ config }) =>
    deviceOfRequests(config, fields, { nu: 'nu' }, ({ nu, low, range }) => ({ g, request }) => {
      if (nu.op === 'constant' && nu.value < LINEAR) return add(g, request);
      const curved = maximum(nu, LINEAR);
      const slope = expm1(curved);
      const a = divide(multiply(range, add(exp(curved), 1)), slope);
      const b = subtract(low, divide(range, slope));
      // With y = (G − B)/A: y → y/(y + E(1 − y)), E = e^{−2νδ}, written as a change of y that is exact where δ = 0. Neither
      // term of the denominator is negative, so it is 0 nowhere.
      const y = divide(subtract(g, b), a);
      const rest = subtract(1, y);
      const exponent = multiply(request, divide(multiply(curved, -2), conductanceRange(config)));
      const left = exp(clamp(exponent, -STEEPEST, STEEPEST));
      const change = divide(multiply(y, rest, subtract(1, left)), add(y, multiply(rest, left)));
      return add(g, multiply(change, a));
    }),
});
