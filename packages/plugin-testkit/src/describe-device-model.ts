import { conductanceRange, type Contribution, type DeviceModel } from '@txsim/core';
import { evaluateReference, input, inputNames } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { nominal, pairs, spaced, valuesOf, withParameters } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options, type Promised } from './support/promises.js';

/** What `describeDeviceModel` is told of a device. */
export interface DeviceModelOptions extends Options {
  /** Makes a fast backend current, whose kernels are then compared with the reference. */
  readonly fast?: () => Promise<unknown>;
}

/** Rounding of float32, relative to gMax: eight units in the last place. */
const ROUNDING = 8 * 2 ** -24;
/** How far a fast backend may be from the reference, relative to gMax. */
const FAST = 1e-6;

/**
 * What holds for every device: a sound window, and a response that goes where it was asked to go. What is said of
 * directions holds for the nominal device, without noise.
 */
export function describeDeviceModel(
  contribution: Contribution<DeviceModel>,
  options: DeviceModelOptions = {},
): void {
  const device = make(contribution, options);
  const { gMin, gMax } = device;
  const range = conductanceRange(device);
  const response = device.respond({ g: input('g'), request: input('request') });
  const quiet = nominal(response, device.perDevice);
  const noisy = withParameters(response, device.perDevice);

  const states = spaced(gMin, gMax, 33);
  const requests = [-1, -0.5, -0.1, -1e-3, 0, 1e-3, 0.1, 0.5, 1].map((f) => f * range);
  const all = pairs(states, requests);
  const site = (of: readonly [number, number][]) => ({
    g: of.map(([g]) => g),
    request: of.map(([, r]) => r),
  });
  /** Changes, in units of the range, that the nominal device makes. */
  const changes = async (of: readonly [number, number][]): Promise<number[]> =>
    (await valuesOf(quiet, site(of))).map((next, i) => (next - Math.fround(of[i]![0])) / range);
  const rounding = (ROUNDING * gMax) / range;

  describePromises(`device model ${contribution.id}`, options, (promised) => {
    promised('the window is positive and ordered', () => {
      expect(gMin).toBeGreaterThan(0);
      expect(gMax).toBeGreaterThan(gMin);
      expect(gMax).toBeLessThan(Infinity);
    });
    promised('the response uses the conductance, the request and its own parameters only', () => {
      const known = ['g', 'request', ...Object.keys(device.perDevice ?? {})];
      expect(inputNames(response).filter((name) => !known.includes(name))).toEqual([]);
    });
    promised('parameters per device depend on noise alone', () => {
      for (const [name, e] of Object.entries(device.perDevice ?? {})) expect(inputNames(e), name).toEqual([]);
    });
    promised('a request of 0 leaves the conductance, noise or not', async () => {
      const none = states.map((g): [number, number] => [g, 0]);
      for (let draw = 0; draw < 4; draw++) {
        const next = await valuesOf(noisy, site(none), draw);
        next.forEach((g, i) => expect(Math.abs(g - states[i]!)).toBeLessThanOrEqual(ROUNDING * gMax));
      }
    });
    promised('potentiation never lowers and depression never raises', async () => {
      const made = await changes(all);
      made.forEach((change, i) => expect(change * Math.sign(all[i]![1])).toBeGreaterThanOrEqual(-rounding));
    });
    promised('a small request in the middle of the window makes a change of its sign', async () => {
      const small = pairs(spaced(gMin + 0.2 * range, gMax - 0.2 * range, 7), [-0.01 * range, 0.01 * range]);
      const made = await changes(small);
      made.forEach((change, i) => expect(Math.sign(change)).toBe(Math.sign(small[i]![1])));
    });
    promised('the response is finite over the whole window, for requests up to ± the range', async () => {
      for (let draw = 0; draw < 4; draw++) {
        for (const next of await valuesOf(noisy, site(all), draw)) expect(Number.isFinite(next)).toBe(true);
      }
    });
    promised('parameters per device have names of their own', () => {
      for (const name of Object.keys(device.perDevice ?? {}))
        expect(['g', 'request', 'up'], name).not.toContain(name);
    });
    if (device.pulse) describePulse(device as PulsedDevice, states, promised);
    promised('the same draw gives the same response', async () => {
      const again = withParameters(make(contribution, options).respond({ g: input('g'), request: input('request') }), device.perDevice); // prettier-ignore
      expect(await valuesOf(again, site(all), 3)).toEqual(await valuesOf(noisy, site(all), 3));
    });
    if (options.fast) {
      promised('the fast backend gives the response of the reference to 1e-6 of gMax', async () => {
        await options.fast!();
        const fast = await valuesOf(quiet, site(all));
        await tf.setBackend('cpu');
        const given = site(all);
        const inputs = { g: tf.tensor1d(given.g), request: tf.tensor1d(given.request) };
        const attributes = { expression: quiet, shape: [all.length], keys: [], draw: 0 };
        const expected = await evaluateReference(inputs, attributes).data();
        fast.forEach((g, i) => expect(Math.abs(g - expected[i]!)).toBeLessThanOrEqual(FAST * gMax));
      });
    }
  });
}

type PulsedDevice = DeviceModel & Required<Pick<DeviceModel, 'pulse' | 'pulseStep'>>;

/** What holds for a device that says what one pulse does. */
function describePulse(device: PulsedDevice, states: readonly number[], promised: Promised): void {
  const { gMin, gMax, pulse, pulseStep, perDevice } = device;
  const expression = pulse({ g: input('g'), up: input('up') });
  const quiet = nominal(expression, perDevice);
  const clipped = (g: number): number => Math.min(Math.max(g, gMin), gMax);
  const after = async (up: 0 | 1, from: readonly number[]): Promise<number[]> =>
    (await valuesOf(quiet, { g: from, up: from.map(() => up) })).map(clipped);

  promised('pulse: uses the conductance, the direction and its own parameters only', () => {
    const known = ['g', 'up', ...Object.keys(perDevice ?? {})];
    expect(inputNames(expression).filter((name) => !known.includes(name))).toEqual([]);
  });
  promised('pulse: potentiation never lowers and depression never raises', async () => {
    const [risen, fallen] = [await after(1, states), await after(0, states)];
    states.forEach((g, i) => {
      expect(risen[i]! - g).toBeGreaterThanOrEqual(-ROUNDING * gMax);
      expect(fallen[i]! - g).toBeLessThanOrEqual(ROUNDING * gMax);
    });
  });
  promised('pulse: finite over the whole window, with noise', async () => {
    const noisy = withParameters(expression, perDevice);
    for (const up of [0, 1]) {
      for (let draw = 0; draw < 4; draw++) {
        const next = await valuesOf(noisy, { g: states, up: states.map(() => up) }, draw);
        for (const g of next) expect(Number.isFinite(g)).toBe(true);
      }
    }
  });
  promised('pulseStep is the mean of both pulses at the middle of the window', async () => {
    const middle = (gMin + gMax) / 2;
    const [[risen], [fallen]] = [await after(1, [middle]), await after(0, [middle])];
    expect(Math.abs((risen! - fallen!) / 2 - pulseStep)).toBeLessThanOrEqual(2 * ROUNDING * gMax);
    expect(pulseStep).toBeGreaterThan(0);
  });
}
