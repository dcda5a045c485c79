import { conductanceRange, PluginError } from '@txsim/core';
import type { ArrayModel } from './array-model.js';

/**
 * The smallest difference between two currents, amperes: one step of an input through one step of a device.
 *
 * @throws PluginError STACK_INVALID if inputs or conductances are not cut into steps
 */
export function granularStep({ device, dac, mapping }: ArrayModel): number {
  if (dac.step === undefined || mapping.step === undefined) {
    const smooth =
      dac.step === undefined ? 'the dac drives any voltage' : 'the mapping programs any conductance';
    throw new PluginError(
      'STACK_INVALID',
      'stack.adc',
      `range: a granular one needs steps of currents, and ${smooth}; use a dac with bits and mapping/bit-slicing, or another range`,
    );
  }
  return dac.step * dac.readVoltage * mapping.step * conductanceRange(device.product);
}
