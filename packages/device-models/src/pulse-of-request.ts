import { conductanceRange, type ConductanceWindow, type DeviceModel } from '@txsim/core';
import { multiply, negate, select, type Expression } from '@txsim/ops';
import { z } from 'zod';
import { drawOnce } from './draw-once.js';
import { finished, ownWindow, type OwnWindow } from './finished.js';
import { pulseStepOf } from './pulsed-step.js';
import { drawn, type Drawn, type SpreadConfig } from './spread.js';

/** What one pulse asks for, of a device that is stated by its answer to requests. */
export const pulseRequestField = z
  .number()
  .positive()
  .max(1)
  .default(0.001)
  .describe('change that one programming pulse asks for, fraction of gMax − gMin');

type Config = ConductanceWindow & SpreadConfig;

/**
 * A device that is stated by its answer to requests. Its pulse asks for ± a fraction of the nominal window.
 *
 * @param fields the keys of the configuration
 * @param extra what the answer depends on beside the device's window, from its parameters
 */
export function deviceOfRequests<
  F extends Readonly<Record<'gMin' | 'gMax' | 'pulse', z.ZodType>>,
  Extra extends string = never,
>(
  config: Config,
  fields: F,
  extra: Readonly<Record<Extra, keyof F & string>>,
  respondOf: (p: Readonly<Record<Extra, Expression>> & OwnWindow) => DeviceModel['respond'],
): DeviceModel {
  const { gMin, gMax } = config;
  const of: Drawn<keyof F & string> = drawn(config, fields);
  const numbers = Object.entries<keyof F & string>({ low: 'gMin', high: 'gMax', request: 'pulse', ...extra });
  const { perDevice, values } = drawOnce(Object.fromEntries(numbers.map(([name, key]) => [name, of.number(key)]))); // prettier-ignore
  const own = ownWindow(values['low']!, values['high']!, config);
  const respond = respondOf({ ...(values as Record<Extra, Expression>), ...own });
  const step = multiply(values['request']!, conductanceRange(config));
  const pulse: DeviceModel['pulse'] = ({ g, up }) => respond({ g, request: select(up, step, negate(step)) });
  const pulseStep = pulseStepOf(pulse, perDevice, config);
  return finished({ gMin, gMax, perDevice, respond, pulse, pulseStep }, own);
}
