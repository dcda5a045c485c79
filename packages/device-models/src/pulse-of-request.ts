import { conductanceRange, type ConductanceWindow, type DeviceModel } from '@txsim/core';
import { constant, select } from '@txsim/ops';
import { z } from 'zod';
import { pulseStepOf } from './pulsed-step.js';

/** What one pulse asks for, of a device that is stated by its answer to requests. */
export const pulseRequestField = z
  .number()
  .positive()
  .max(1)
  .default(0.001)
  .describe('change that one programming pulse asks for, fraction of gMax − gMin');

/** The pulse of a device that is stated by its answer to requests: it asks for ± a fraction of the window. */
export function pulseOfRequest(
  respond: DeviceModel['respond'],
  fraction: number,
  window: ConductanceWindow,
): Required<Pick<DeviceModel, 'pulse' | 'pulseStep'>> {
  const step = fraction * conductanceRange(window);
  const pulse: DeviceModel['pulse'] = ({ g, up }) =>
    respond({ g, request: select(up, constant(step), constant(-step)) });
  return { pulse, pulseStep: pulseStepOf(pulse, {}, window) };
}
