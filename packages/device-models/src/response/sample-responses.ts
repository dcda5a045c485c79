import { input } from '@txsim/ops';
import { directionsOf, type PulsedDevice } from './pulse-response.js';
import { vectorOf } from './vector-of.js';

/** Pulse trains on several devices. */
export interface SampleOptions {
  /** Counts of pulses, one train after the other: positive potentiate, negative depress. */
  readonly trains: readonly number[];
  /** The conductance of all devices before the first pulse, siemens. */
  readonly from: number;
  readonly devices: number;
  readonly seed?: number;
}

/**
 * The conductances of devices with all their spreads: device to device drawn once for each, cycle to cycle for every
 * pulse.
 *
 * @returns one array of `devices` conductances for each pulse, and one before the first; siemens
 */
export function sampleResponses(device: PulsedDevice, options: SampleOptions): Float64Array[] {
  const { trains, from, devices, seed = 1 } = options;
  const { gMin, gMax, perDevice = {} } = device;
  const parameters = Object.fromEntries(
    Object.entries(perDevice).map(([name, e]) => [name, vectorOf(e, devices, seed, 'device')({}, 0)]),
  );
  const pulse = vectorOf(device.pulse({ g: input('g'), up: input('up') }), devices, seed, 'pulse');
  const upward = [new Float64Array(devices), new Float64Array(devices).fill(1)] as const;
  const states = [new Float64Array(devices).fill(from)];
  directionsOf(trains).forEach((up, step) => {
    const next = pulse({ ...parameters, g: states[step]!, up: upward[up]! }, step);
    states.push(next.map((g) => Math.min(Math.max(g, gMin), gMax)));
  });
  return states;
}
