import { conductanceRange, deviceModel, type DeviceModel } from '@txsim/core';
import { add, divide, exp, multiply, subtract } from '@txsim/ops';
import { z } from 'zod';
import { pulseOfRequest, pulseRequestField } from './pulse-of-request.js';
import { windowFields, windowIsOpen } from './window-fields.js';

/** Below this ν the response is linear to within float32. */
const LINEAR = 1e-3;

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
  config: z
    .strictObject({
      ...windowFields,
      nu: z.number().min(0).max(20).default(1).describe('symmetric non-linearity factor ν, dimensionless'),
      pulse: pulseRequestField,
    })
    .check(windowIsOpen),
  create: ({ config: { gMin, gMax, nu, pulse } }) => {
    const range = conductanceRange({ gMin, gMax });
    const a = (range * (Math.exp(nu) + 1)) / Math.expm1(nu);
    const b = -range / Math.expm1(nu) + gMin;
    const respond: DeviceModel['respond'] = ({ g, request }) => {
      if (nu < LINEAR) return add(g, request);
      // With y = (G − B)/A: y → y/(y + e^{−2νδ}(1 − y)), written as a change of y that is exact where δ = 0.
      const y = divide(subtract(g, b), a);
      const rest = subtract(1, y);
      const moved = subtract(1, exp(multiply(request, (-2 * nu) / range)));
      const change = divide(multiply(y, rest, moved), subtract(1, multiply(rest, moved)));
      return add(g, multiply(change, a));
    };
    return { gMin, gMax, respond, ...pulseOfRequest(respond, pulse, { gMin, gMax }) };
  },
});
