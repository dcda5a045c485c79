import { deviceModel } from '@txsim/core';
import { add } from '@txsim/ops';
import { z } from 'zod';
import { windowFields, windowIsOpen } from './window-fields.js';

/** ΔG = requested ΔG: the reference that other devices are measured against. */
export const ideal = deviceModel({
  id: 'ideal',
  description: 'The ideal device: the change of conductance is the one that was asked for.',
  config: z.strictObject(windowFields).check(windowIsOpen),
  create: ({ config }) => ({
    ...config,
    respond: ({ g, request }) => add(g, request),
  }),
});
