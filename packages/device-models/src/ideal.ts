import { deviceModel, type DeviceModel } from '@txsim/core';
import { add } from '@txsim/ops';
import { z } from 'zod';
import { deviceOfRequests, pulseRequestField } from './pulse-of-request.js';
import { withSpread } from './spread.js';
import { windowFields, windowIsOpen } from './window-fields.js';

const fields = { ...windowFields, pulse: pulseRequestField };

const asked: DeviceModel['respond'] = ({ g, request }) => add(g, request);

/** ΔG = requested ΔG: the reference that other devices are measured against. */
export const ideal = deviceModel({
  id: 'ideal',
  description: 'The ideal device: the change of conductance is the one that was asked for.',
  config: z.strictObject(withSpread(fields)).check(windowIsOpen),
  create: ({ config }) => deviceOfRequests(config, fields, {}, () => asked),
});
