import type { DeviceModel } from '@txsim/core';
import { input, numberOf } from '@txsim/ops';
import { nominalParameters } from './nominal-parameters.js';

/** A device that says what one pulse does. */
export type PulsedDevice = DeviceModel & Required<Pick<DeviceModel, 'pulse' | 'pulseStep'>>;

/** @throws TypeError if the device is only known by its answer to requests */
export function assertPulsed(device: DeviceModel, name: string): asserts device is PulsedDevice {
  if (!device.pulse)
    throw new TypeError(`${name}: the model states its answer to requests only, not to a pulse`);
}

/** One pulse as a function of numbers: the next conductance, within the window as the array keeps it, siemens. */
export function pulseFunction(device: PulsedDevice) {
  const next = numberOf(device.pulse({ g: input('g'), up: input('up') }));
  const { gMin, gMax } = device;
  return (site: Readonly<Record<string, number>>): number => Math.min(Math.max(next(site), gMin), gMax);
}

/**
 * The conductances of the nominal device, without noise, before the first and after each pulse.
 *
 * @param trains counts of pulses, one train after the other: positive potentiate, negative depress
 * @param from the conductance before the first pulse, siemens
 * @returns siemens, 1 + Σ|trains| numbers
 */
export function pulseResponse(device: PulsedDevice, trains: readonly number[], from: number): Float64Array {
  const pulse = pulseFunction(device);
  const parameters = nominalParameters(device);
  const directions = directionsOf(trains);
  const response = new Float64Array(directions.length + 1);
  response[0] = from;
  directions.forEach((up, i) => (response[i + 1] = pulse({ ...parameters, g: response[i]!, up })));
  return response;
}

/** One number for each pulse: 1 potentiates, 0 depresses. */
export const directionsOf = (trains: readonly number[]): (0 | 1)[] =>
  trains.flatMap((count) => new Array<0 | 1>(Math.abs(count)).fill(count > 0 ? 1 : 0));
