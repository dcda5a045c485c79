import { add, fillNormal, multiply, normal, randomStream } from '@txsim/ops';
import { make } from '@txsim/plugin-testkit';
import { describe, expect, test } from 'vitest';
import {
  assertPulsed,
  fitDevice,
  MeasurementError,
  models,
  parseMeasurement,
  sampleResponses,
  type MeasuredTrain,
  type PulsedDevice,
} from '../src/index.js';

const WINDOW = { gMin: 1e-6, gMax: 1e-5 };
/** |z| of a fitted parameter; a false alarm is one in 150,000. */
const Z = 4.5;

/** Trains of devices of a model, up and down in turn, as a parameter analyser would give them. */
function measure(
  id: string,
  config: Readonly<Record<string, unknown>>,
  {
    devices = 1,
    trains = [200, -200, 200, -200, 200, -200] as readonly number[],
    start = 0.05,
    noise = 0,
  } = {},
): MeasuredTrain[] {
  const silent = make(
    models.find((m) => m.id === id)!,
    { config: { ...WINDOW, ...config } },
  );
  assertPulsed(silent, id);
  const device: PulsedDevice = {
    ...silent,
    pulse: (site) => add(silent.pulse(site), multiply(normal('pulse noise'), noise * silent.pulseStep)),
  };
  const from = WINDOW.gMin + start * (WINDOW.gMax - WINDOW.gMin);
  const states = sampleResponses(device, { trains, from, devices, seed: 5 });
  const up = trains.flatMap((n) => new Array<0 | 1>(Math.abs(n)).fill(n > 0 ? 1 : 0));
  return Array.from({ length: devices }, (_, d) => ({
    device: `d${d}`,
    repeat: '1',
    up,
    conductances: states.map((g) => g[d]!),
  }));
}

const weight = { wMin: -1, wMax: 1 };
const c2c = { cycleToCycle: 0.2 };

/** True parameters, and those of them that are not fitted: noise, and what a model is stated in. */
const CASES: readonly [string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>?][] = [
  ['ideal', { pulse: 0.01 }],
  ['constant-step', { dw: 0.02, upDown: 0.1 }, { ...weight, ...c2c }],
  ['linear-step', { dw: 0.03, upDown: -0.1, gammaUp: 0.5, gammaDown: 0.3 }, { ...weight, ...c2c }],
  ['soft-bounds', { dw: 0.02, upDown: 0.2, ...WINDOW }, { ...weight, ...c2c }],
  ['soft-bounds-pmax', { alpha: 0.02, pMax: 100, upDown: 0.1 }, { ...weight, ...c2c }],
  [
    'exponential-step',
    { dw: 0.03, upDown: 0.1, aUp: 0.1, aDown: 0.2, gammaUp: 2, gammaDown: 1.5 },
    { ...weight, ...c2c, scale: 1, shift: 0 },
  ],
  ['power-step', { dw: 0.03, upDown: 0.1, gammaUp: 0.5, gammaDown: 1.5, ...WINDOW }, { ...weight, ...c2c }],
  [
    'piecewise-step',
    { up: [1.5, 1.2, 1, 0.8, 0.5], down: [0.6, 0.8, 1, 1.2, 1.6] },
    { ...weight, ...c2c, dw: 0.03 },
  ],
  [
    'neurosim-exponential',
    { statesUp: 100, statesDown: 80, nonlinearityUp: 2.4, nonlinearityDown: -3 },
    { cycleToCycle: 0.005 },
  ],
  ['asymmetric-nonlinear', { nu: 3, pulse: 0.01 }],
  ['symmetric-nonlinear', { nu: 3, pulse: 0.01 }],
  [
    'measured',
    { up: [2e-7, 1.6e-7, 1.2e-7, 1e-7, 8e-8], down: [8e-8, 1e-7, 1.2e-7, 1.5e-7, 2e-7] },
    { upSigma: [2e-8], downSigma: [2e-8] },
  ],
];

describe('the fit recovers the parameters of synthetic data (1200 pulses) within its standard errors', () => {
  test.each(CASES)('%s', (id, truth, fixed = {}) => {
    // Models that are stated by their answer to requests have no noise of their own.
    const noise = Object.keys(fixed).length === 0 ? 0.2 : 0;
    const fit = fitDevice(measure(id, { ...truth, ...fixed }, { noise }), id, models);
    const step = (fixed['dw'] as number | undefined) ?? 1;
    const ours = (fit.stack.device['dw'] as number | undefined) ?? 1;
    expect(fit.parameters.map((p) => p.key.split('.')[0])).toEqual(
      expect.arrayContaining(Object.keys(truth)),
    );
    expect(fit.converged).toBe(true);
    // Where the step itself is fixed, the nodes are relative to another one than in the truth.
    const unit = 'dw' in fixed ? step / ours : 1;
    for (const { key, value, standardError } of fit.parameters) {
      const [name, index] = key.split('.') as [string, string?];
      const entry = truth[name]!;
      const expected = unit * (index === undefined ? (entry as number) : (entry as number[])[Number(index)]!);
      expect(Math.abs(value - expected) / standardError, `${key} = ${value} for ${expected}`).toBeLessThan(Z);
    }
  });
});

test('soft bounds with a reference are soft bounds elsewhere: no pulses tell them apart, and the fit finds those', () => {
  const trains = measure('soft-bounds-reference', { ...weight, dw: 0.02, upDown: 0.2, reference: 0.3, margin: 0.2 }, { start: 0.3 }); // prettier-ignore
  const { residuals, converged } = fitDevice(trains, 'soft-bounds', models);
  expect(converged).toBe(true);
  expect(residuals.rms / (WINDOW.gMax - WINDOW.gMin)).toBeLessThan(1e-6);
});

describe('spreads', () => {
  const model = { ...weight, dw: 0.03, gammaUp: 0.5, gammaDown: 0.5 };

  test('cycle to cycle, of one device: σ = 0.2 within its standard error, n = 1200', () => {
    const { spreads } = fitDevice(measure('linear-step', { ...model, ...c2c }), 'linear-step', models);
    expect(Math.abs(spreads.cycleToCycle - 0.2) / (0.2 * Math.sqrt(1 / (2 * 1200)))).toBeLessThan(Z);
    expect(spreads.readNoise).toBe(0);
    expect(spreads.deviceToDevice).toBeUndefined();
  });

  test('device to device, of 40 devices: σ = 0.3 within its standard error', () => {
    const trains = measure(
      'soft-bounds',
      { ...weight, ...c2c, dw: 0.02, stepDeviceToDevice: 0.3 },
      { devices: 40, trains: [60, -60] },
    );
    const { spreads, stack, devices } = fitDevice(trains, 'soft-bounds', models);
    expect(devices).toBe(40);
    expect(Math.abs(spreads.deviceToDevice! - 0.3) / (0.3 / Math.sqrt(2 * 40))).toBeLessThan(Z);
    expect(stack.device['stepDeviceToDevice']).toBeCloseTo(spreads.deviceToDevice!, 3);
  });

  test('noise of the readings is told from noise of the pulses, by the covariance of neighbours', () => {
    const reading = 2e-8;
    const noisy = measure('soft-bounds', { ...weight, ...c2c, dw: 0.02 }).map((t) => {
      const values = new Float32Array(t.conductances.length);
      fillNormal(randomStream(3, 'reading'), 0, 0, values);
      return { ...t, conductances: t.conductances.map((g, i) => g + reading * values[i]!) };
    });
    const { spreads, stack } = fitDevice(noisy, 'soft-bounds', models);
    expect(Math.abs(spreads.readNoise / reading - 1)).toBeLessThan(0.15);
    expect(stack.nonIdealities.map(({ use }) => use)).toEqual(['read-noise']);
  });
});

describe('what cannot be fitted is refused', () => {
  test('a model without free parameters, with a hint', () => {
    expect(() => fitDevice(measure('ideal', {}), 'soft-bound', models)).toThrow(
      'Did you mean "soft-bounds"?',
    );
  });

  test.each([
    ['', 'the file is empty'],
    ['device,pulse\n', 'line 1: expected the columns pulse and conductance_S'],
    ['pulse,conductance_uS\n,1\nup,2\n', 'line 3: expected the pulse set, reset, +1 or -1'],
    ['pulse,conductance_uS\n,1\nset,-2\n', 'line 3: expected a conductance > 0, got "-2"'],
    ['pulse,conductance_uS\nset,2\n', 'line 2: a train begins with the state before its first pulse'],
    ['pulse,conductance_uS\n,2\n', 'there is no pulse in the file'],
  ])('%j: %s', (text, message) => {
    expect(() => parseMeasurement(text)).toThrow(MeasurementError);
    expect(() => parseMeasurement(text)).toThrow(message);
  });

  test('a device that never changes', () => {
    const text = 'pulse,conductance_uS\n,5\nset,5\nreset,5\n';
    expect(() => fitDevice(parseMeasurement(text), 'constant-step', models)).toThrow(
      'all conductances are equal',
    );
  });
});

test('pulse data are read in order, by device and repeat, with their unit', () => {
  const text =
    '# by hand\ndevice,repeat,pulse,conductance_uS\na,1,,1\nb,1,,2\na,1,set,1.5\nb,1,-1,1.9\na,1,,3\na,1,+1,3.5\n';
  expect(parseMeasurement(text)).toEqual([
    { device: 'a', repeat: '1', up: [1], conductances: [1e-6, 1.5e-6].map((g) => expect.closeTo(g, 12)) },
    { device: 'a', repeat: '1', up: [1], conductances: [3e-6, 3.5e-6].map((g) => expect.closeTo(g, 12)) },
    { device: 'b', repeat: '1', up: [0], conductances: [2e-6, 1.9e-6].map((g) => expect.closeTo(g, 12)) },
  ]);
});
