import { compose, deviceModel } from '@txsim/core';
import {
  assertPulsed,
  pulseResponse,
  sampleResponses,
  weightScale,
  type PulsedDevice,
} from '@txsim/device-models';
import { add, mapLeaves } from '@txsim/ops';
import { afterAll, describe, expect, test } from 'vitest';
import { laboratory, labStack } from '../support/laboratory.js';
import {
  modelOf,
  referenceDevices,
  type ReferenceDevice,
  type Spread,
} from '../support/reference-devices.js';
import { average, Z } from '../support/statistics.js';
import { largest, validationTable } from '../support/validation.js';

const curves = validationTable(
  'Pulse responses',
  'Weights along trains of up to 1500 pulses up and down, without noise, against aihwkit v0.8.0 (`test/fixtures/devices/pulse-response.json`).',
  ['device', 'weights', 'largest distance, fraction of the range'],
);
const spreads = validationTable(
  'Spreads of pulsed devices',
  'Means and standard deviations of 1000 devices with all spreads and noise, against 4000 of aihwkit v0.8.0.',
  ['device', 'compared', 'largest |z|'],
);

/** Of the range: the data are float32 sums of up to 1500 steps. */
const TOLERANCE = 5e-5;
/** Room for bounds of any device: the nominal ones take a tenth of the window. */
const ROOM = 0.45;

interface Made {
  readonly device: PulsedDevice;
  readonly toWeight: (g: number) => number;
  readonly toSiemens: (w: number) => number;
}

function make(config: { readonly use: string; readonly [key: string]: unknown }): Made {
  const simulation = compose(labStack({ device: config }), laboratory());
  const device = simulation.resolve(deviceModel);
  assertPulsed(device, config.use);
  const parameters = simulation.parts.find((p) => p.path === 'stack.device')!.parameters;
  const scale = weightScale(Object.fromEntries(parameters.map((p) => [p.key, p.value])) as never);
  return {
    device,
    toWeight: (g) => (g - scale.zero) / scale.unit,
    toSiemens: (w) => scale.zero + scale.unit * w,
  };
}

/** The weights after each pulse of trains. */
function curve({ device, toWeight, toSiemens }: Made, trains: number[], from: number): number[] {
  return Array.from(pulseResponse(device, trains, toSiemens(from)), toWeight);
}

const cases = Object.entries(referenceDevices);
const comparable = cases.filter(([name]) => name !== 'SoftBoundsPmax');

describe.each(comparable)('Pulse response: %s', (name, reference) => {
  const made = make({ ...noiseless(reference), margin: 0 });
  const limit = TOLERANCE * (reference.w_max - reference.w_min);
  const near = (values: number[], expected: readonly (readonly [number, number])[]): void => {
    for (const [pulses, w] of expected) {
      off.push((values[pulses]! - w) / (reference.w_max - reference.w_min));
      expect(Math.abs(values[pulses]! - w)).toBeLessThan(limit);
    }
  };
  const off: number[] = [];
  afterAll(() => curves.row(name, String(off.length), largest(off)));

  test('from the lower bound up', () => {
    near(curve(made, [reference.from_w_min_up.at(-1)![0]], reference.w_min), reference.from_w_min_up);
  });

  test('then down', () => {
    const [[, start]] = reference.then_down as [readonly [number, number]];
    near(curve(made, [-reference.then_down.at(-1)![0]], start), reference.then_down);
  });

  test('from zero up, then down', () => {
    const values = curve(made, [reference.from_zero_n_up, -reference.from_zero_n_down], 0);
    near(values, reference.from_zero_w);
  });
});

/** The parameters of the deterministic curves, with all that is random in a preset left out. */
function noiseless(reference: ReferenceDevice) {
  return modelOf(reference, reference.params);
}

test('Pulse response: SoftBoundsPmax reaches the end of its range after pMax pulses (1.00038), not 1.356', () => {
  const reference = referenceDevices['SoftBoundsPmax']!;
  const made = make({ ...noiseless(reference), margin: ROOM });
  const values = curve(made, [1000], -1);
  expect(Math.abs(values[1000]! - 1.00038)).toBeLessThan(1e-5);
  curves.row(
    'SoftBoundsPmax: 1.00038 after 1000 pulses, not the peer’s 1.3559',
    '1',
    largest([(values[1000]! - 1.00038) / 2]),
  );
  const theirs = reference.from_w_min_up.find(([pulses]) => pulses === 1000)![1];
  expect(theirs).toBeCloseTo(1.3559, 3);
});

/** The blocks whose parameters are all defined: no write noise of the read-out weight, no additive spread, no decay. */
const defined = cases.filter(
  ([
    name,
    {
      variation: { params },
    },
  ]) =>
    name !== 'SoftBoundsPmax' &&
    ['write_noise_std', 'dw_min_std_add', 'lifetime'].every((key) => !(Number(params[key] ?? 0) > 0)),
);

describe.each(defined)('Spreads, 1000 devices against 4000: %s', (name, reference) => {
  const { variation } = reference;
  const scores: number[] = [];
  afterAll(() => spreads.row(name, `${scores.length} moments`, largest(scores)));

  test('device to device and cycle to cycle, up from zero, then down', () => {
    const made = make({ ...modelOf(reference, variation.params), margin: ROOM });
    const sampled = sample(made, [variation.N, -variation.N]);
    scores.push(...compare(sampled, variation.up_from_0, variation));
    const [states, byTable] = [sampled.states.slice(variation.N), sampled.byTable.slice(variation.N)];
    scores.push(...compare({ states, byTable }, variation.down_after, variation));
  });

  test('cycle to cycle alone, up from zero', () => {
    const only = { ...reference.params, dw_min_std: variation.params['dw_min_std'] };
    const made = make({ ...modelOf(reference, only), margin: ROOM });
    scores.push(...compare(sample(made, [variation.N]), variation.c2c_only, variation));
  });
});

/** Weights after each pulse, and what a mean of the noise of one standard deviation of a table's would add to their mean. */
interface Sampled {
  readonly states: Float64Array[];
  readonly byTable: number[];
}

function sample({ device, toWeight, toSiemens }: Made, trains: number[]): Sampled {
  const of = (d: PulsedDevice, devices: number): Float64Array[] =>
    sampleResponses(d, { trains, from: toSiemens(0), devices, seed: 11 }).map((g) => g.map(toWeight));
  // The same devices and noise twice: their difference has no noise, so that few tell it.
  const [plain, tilted] = [device, withMeanNoise(device, 1 / Math.sqrt(TABLE))].map((d) => of(d, 100));
  return { states: of(device, 1000), byTable: plain!.map((w, n) => average(tilted![n]!) - average(w)) };
}

/** The device with noise of pulses around a mean that is not 0. */
const withMeanNoise = (device: PulsedDevice, mean: number): PulsedDevice => ({
  ...device,
  pulse: (site) => mapLeaves(device.pulse(site), (leaf) => (leaf.op === 'normal' ? add(leaf, mean) : leaf)),
});

/**
 * The other simulator does not draw the noise of pulses anew: it picks from a table that it fills once with this many
 * Gaussian numbers (`FIXED_LIST_SIZE` in its src/rpucuda/rng.h; spreads between devices do not come from it). So the mean of
 * its noise is not 0 but one number of N(0, 1/TABLE) for all devices and pulses of a block, which no number of devices
 * averages out. What that does to a mean state is computed by giving our own noise such a mean.
 */
const TABLE = 32_768;

/** @returns the z-scores of all means and variances */
function compare(
  { states, byTable }: Sampled,
  expected: readonly Spread[],
  { devices }: ReferenceDevice['variation'],
): number[] {
  return expected.flatMap(({ n, mean, std }) => {
    const ours = states[n]!;
    const [m, moments] = [average(ours), centralMoments(ours)];
    const error = Math.sqrt(moments.second / ours.length + std ** 2 / devices + byTable[n]! ** 2);
    const zMean = Math.abs(m - mean) / error;
    // Var(s²) = (μ4 − σ⁴)/n for each of the two samples.
    const variance = (moments.fourth - moments.second ** 2) * (1 / ours.length + 1 / devices);
    const zVariance = Math.abs(moments.second - std ** 2) / Math.sqrt(variance);
    expect(zMean, `mean after ${n}: ${m} for ${mean}`).toBeLessThan(Z);
    expect(zVariance, `σ after ${n}: ${Math.sqrt(moments.second)} for ${std}`).toBeLessThan(Z);
    return [zMean, zVariance];
  });
}

function centralMoments(values: Float64Array): { second: number; fourth: number } {
  const mean = average(values);
  const power = (k: number): number => average(values.map((v) => (v - mean) ** k));
  return { second: power(2), fourth: power(4) };
}

curves.isOnPage();
spreads.isOnPage();
