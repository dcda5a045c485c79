import { deviceModel, type DeviceModel } from '@txsim/core';
import { add } from '@txsim/ops';
import { z } from 'zod';
import { pulseOfRequest, pulseRequestField } from './pulse-of-request.js';
import { windowFields, windowIsOpen } from './window-fields.js';

/** ΔG = requested ΔG: the reference that other devices are measured against. */
export const ideal = deviceModel({
  id: 'ideal',
  description: 'The ideal device: the change of conductance is the one that was asked for.',
  config: z.strictObject({ ...windowFields, pulse: pulseRequestField }).check(windowIsOpen),
  create: ({ config: { gMin, gMax, pulse } }) => {
    const respond: DeviceModel['respond'] = ({ g, request }) => add(g, request);
    return { gMin, gMax, respond, ...pulseOfRequest(respond, pulse, { gMin, gMax }) };
  },
});
