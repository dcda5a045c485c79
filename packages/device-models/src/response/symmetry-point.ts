import { conductanceRange } from '@txsim/core';
import { nominalParameters } from './nominal-parameters.js';
import { pulseFunction, type PulsedDevice } from './pulse-response.js';

/**
 * The conductance at which a potentiating and a depressing pulse of the nominal device cancel to first order: the zero
 * of rise − fall, by bisection. A device that is pulsed up and down in turn comes to rest there.
 *
 * @returns siemens; undefined where rises are larger (or smaller) than falls over the whole window
 */
export function symmetryPoint(device: PulsedDevice): number | undefined {
  const pulse = pulseFunction(device);
  const parameters = nominalParameters(device);
  const imbalance = (g: number): number =>
    pulse({ ...parameters, g, up: 1 }) - g - (g - pulse({ ...parameters, g, up: 0 }));
  // Inside the window by a step, so that its ends do not cut a pulse.
  const inset = Math.min(Math.abs(device.pulseStep), conductanceRange(device) / 8);
  let [low, high] = [device.gMin + inset, device.gMax - inset];
  const [atLow, atHigh] = [imbalance(low), imbalance(high)];
  // Equal steps everywhere cancel everywhere; the middle stands for them.
  const negligible = 1e-7 * inset;
  if (Math.abs(atLow) < negligible && Math.abs(atHigh) < negligible) return (low + high) / 2;
  if (atLow * atHigh > 0) return undefined;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (imbalance(middle) * atLow > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The number of states: how many steps of the middle of the window fit into it, (gMax − gMin) / pulseStep. */
export const numberOfStates = (device: PulsedDevice): number => conductanceRange(device) / device.pulseStep;
