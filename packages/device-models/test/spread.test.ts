import { conductanceRange, configJsonSchema } from '@txsim/core';
import { constant } from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { describeDeviceModel, make } from '@txsim/plugin-testkit';
import { describe, expect, test } from 'vitest';
import { assertPulsed, models, pulseResponse, sampleResponses, type PulsedDevice } from '../src/index.js';

/** |z| below which statistics hold; a false alarm is one in 150,000. */
const Z = 4.5;
const DEVICES = 1000;
const SIGMA = 0.05;
/** Φ(1), of a standard normal number. */
const BELOW_ONE = 0.841344746;

type Config = Readonly<Record<string, unknown>>;

const modelOf = (id: string) => models.find((m) => m.id === id)!;

function deviceOf(id: string, config: Config): PulsedDevice {
  const device = make(modelOf(id), { config: { gMin: 1, gMax: 3, ...config } });
  assertPulsed(device, id);
  return device;
}

/** Steps that reach a bound at once, and room for bounds beyond the nominal ones. */
const STEPS = { wMin: -1, wMax: 1, dw: 0.3, upDown: 0.2, margin: 0.2 };
const WINDOW = { gMin: 1, gMax: 3 };

/** Parameters of each model that are not 0, so that factors act on them, nor at an end of their range. */
const CONFIGS: Readonly<Record<string, Config>> = {
  ideal: { ...WINDOW, pulse: 0.3 },
  'constant-step': STEPS,
  'linear-step': { ...STEPS, gammaUp: 0.4, gammaDown: 0.3 },
  'soft-bounds': STEPS,
  'soft-bounds-reference': { ...STEPS, reference: 0.1 },
  'soft-bounds-pmax': { wMin: -1, wMax: 1, margin: 0.2, upDown: 0.2, pMax: 10, alpha: 0.2 },
  'exponential-step': { ...STEPS, aUp: 0.2, aDown: 0.2, gammaUp: 1, gammaDown: 1, scale: 0.5, shift: 0.2 },
  'power-step': { ...STEPS, gammaUp: 1.5, gammaDown: 0.8 },
  'piecewise-step': { ...STEPS, up: [1.5, 1, 0.5], down: [0.5, 1, 1.5] },
  'neurosim-exponential': { ...WINDOW, statesUp: 5, statesDown: 4, nonlinearityUp: 2, nonlinearityDown: -3 },
  'asymmetric-nonlinear': { ...WINDOW, nu: 2, pulse: 0.3 },
  'symmetric-nonlinear': { ...WINDOW, nu: 2, pulse: 0.3 },
  measured: { ...WINDOW, up: [0.6, 0.6], down: [0.5, 0.5] },
};

/** The parameters of a model that may vary, as its schema says. */
function variesOf(id: string): string[] {
  const { properties } = configJsonSchema(modelOf(id).config) as {
    properties: { spread: { properties: object } };
  };
  return Object.keys(properties.spread.properties);
}

const KINDS = [
  ['normal', 'multiplicative'],
  ['lognormal', 'multiplicative'],
  ['normal', 'additive'],
] as const;
const OVER = ['deviceToDevice', 'cycleToCycle'] as const;

/** What a parameter is where ξ = 1, −1, …; a table with all its entries. */
function drawnAt(value: unknown, xi: number, [distribution, kind]: readonly [string, string]): unknown {
  if (Array.isArray(value)) return value.map((v: number) => drawnAt(v, xi, [distribution, kind]));
  const p = value as number;
  if (kind === 'additive') return p + SIGMA * xi;
  return distribution === 'lognormal' ? p * Math.exp(SIGMA * xi) : p * (1 + SIGMA * xi);
}

/** Pulses that show a parameter: from a fraction of the window, up or down; of bounds, pulses that stop there. */
const pulsesOf = (key: string) => (/^[gw]M/.test(key) ? [[0.9, 1], [0.1, -1]] : [[0.4, 1], [0.4, -1]]) as [number, number][]; // prettier-ignore

/** The same device with another parameter. Its own bounds move in the units and in the window of the one it comes from. */
function withParameter(id: string, config: Config, key: string, value: unknown): Config {
  if (key === 'gMin' || key === 'gMax') {
    const moved = { ...config, [key]: value } as { gMin: number; gMax: number };
    // A pulse of the ideal device asks for a part of the nominal window.
    const pulse = (config['pulse'] as number) * (2 / conductanceRange(moved));
    return id === 'ideal' ? { ...moved, pulse } : moved;
  }
  if (key !== 'wMin' && key !== 'wMax') return { ...config, [key]: value };
  const unit = (2 * (1 - 2 * 0.2)) / 2;
  const bounds = { wMin: -1, wMax: 1, [key]: value as number };
  const [gMin, gMax] = [2 + unit * bounds.wMin - ROOM, 2 + unit * bounds.wMax + ROOM];
  // Slopes of linear steps are per nominal bound.
  const slopes = id === 'linear-step' ? { gammaUp: 0.4 * bounds.wMax, gammaDown: -0.3 * bounds.wMin } : {};
  return { ...config, ...bounds, ...slopes, gMin, gMax, margin: ROOM / (gMax - gMin) };
}

/** Siemens beyond the bounds of a device. */
const ROOM = 0.3;

describe(`every parameter of every model varies as it is told, ${DEVICES} devices each`, () => {
  const cases = Object.keys(CONFIGS).flatMap((id) => variesOf(id).map((key) => [id, key] as const));

  test.each(cases)('%s: %s', (id, key) => {
    const config = CONFIGS[id]!;
    const after = (config: Config, from: number, train: number): number =>
      pulseResponse(deviceOf(id, config), [train], 1 + 2 * from)[1]!;
    // Labels that vary are looked up in a table.
    const exact = key.startsWith('nonlinearity') ? 1e-5 : 1e-12;
    for (const [distribution, kind] of KINDS) {
      const at = (xi: number): Config =>
        withParameter(
          id,
          config,
          key,
          drawnAt({ gMin: 1, gMax: 3, ...config }[key], xi, [distribution, kind]),
        );
      // Both draw by the same law; that of pulses is seen below in all kinds.
      for (const over of kind === 'additive' ? OVER : OVER.slice(0, 1)) {
        const device = deviceOf(id, { ...config, spread: { [key]: { [over]: SIGMA, distribution, kind } } });
        let shown = 0;
        for (const [from, train] of pulsesOf(key)) {
          const start = 1 + 2 * from;
          const nominal = after(config, from, train);
          expect(Math.abs(pulseResponse(device, [train], start)[1]! - nominal)).toBeLessThan(exact);
          const ends = sampleResponses(device, { trains: [train], from: start, devices: DEVICES })[1]!;
          for (const xi of [1, -1]) {
            const end = after(at(xi), from, train);
            // Own bounds beyond the window are cut at it.
            if (Math.abs(end - nominal) < 2e-5 || end < 1 || end > 3) continue;
            shown++;
            // Devices on the nominal side of the one at ξ = ±1 are Φ(1) of all.
            const part = ends.filter((g) => (end > nominal ? g < end : g > end)).length / DEVICES;
            const z = (part - BELOW_ONE) / Math.sqrt((BELOW_ONE * (1 - BELOW_ONE)) / DEVICES);
            expect(Math.abs(z), `${over}, ${distribution}, ${kind}: ${train} from ${from}, ξ = ${xi}`).toBeLessThan(Z); // prettier-ignore
          }
        }
        expect(shown, `${over}, ${distribution}, ${kind}`).toBeGreaterThan(0);
      }
    }
  });
});

describe('a spread from device to device stays, one from pulse to pulse is drawn anew', () => {
  const N = 4000;
  const [dw, n] = [1e-3, 50];
  const endsOf = (spread: object): Float64Array => {
    const device = deviceOf('constant-step', { wMin: -1, wMax: 1, dw, spread: { dw: spread } });
    return sampleResponses(device, { trains: [n], from: 2, devices: N, seed: 7 })[n]!;
  };
  /** z of the mean and of the variance of n steps, in steps; Var(s²) = (μ₄ − σ⁴)/N. */
  const scores = (ends: Float64Array, mean: number, variance: number): number[] => {
    const steps = ends.map((g) => (g - 2) / dw);
    const m = steps.reduce((a, b) => a + b, 0) / N;
    const [second, fourth] = [2, 4].map((k) => steps.reduce((sum, s) => sum + (s - m) ** k, 0) / N) as [number, number]; // prettier-ignore
    return [
      (m - mean) / Math.sqrt(variance / N),
      (second - variance) / Math.sqrt((fourth - second ** 2) / N),
    ];
  };
  const [s, c] = [0.2, 0.3];
  const log = Math.expm1(s * s) * Math.exp(s * s);

  test.each([
    ['device to device, normal', { deviceToDevice: s }, n, (n * s) ** 2],
    [
      'device to device, log-normal',
      { deviceToDevice: s, distribution: 'lognormal' },
      n * Math.exp((s * s) / 2),
      n * n * log,
    ],
    ['device to device, additive', { deviceToDevice: s * dw, kind: 'additive' }, n, (n * s) ** 2],
    ['cycle to cycle, normal', { cycleToCycle: s }, n, n * s ** 2],
    [
      'cycle to cycle, log-normal',
      { cycleToCycle: s, distribution: 'lognormal' },
      n * Math.exp((s * s) / 2),
      n * log,
    ],
    ['cycle to cycle, additive', { cycleToCycle: s * dw, kind: 'additive' }, n, n * s ** 2],
    ['both', { deviceToDevice: s, cycleToCycle: c }, n, (n * s) ** 2 + n * c ** 2 * (1 + s ** 2)],
  ] as const)('%s: mean and variance of 50 steps, 4000 devices', (_, spread, mean, variance) => {
    for (const z of scores(endsOf(spread), mean, variance)) expect(Math.abs(z)).toBeLessThan(Z);
  });

  test('a step that varies both ways with its device keeps the numbers of the device alone', () => {
    const { perDevice } = deviceOf('constant-step', { stepDeviceToDevice: 0.1, spread: { dw: { deviceToDevice: s, cycleToCycle: c } } }); // prettier-ignore
    expect(Object.keys(perDevice!).sort()).toEqual(['number of spread of dw', 'number of step']);
  });

  test('a request of n pulses sees their mean: the variance of its change is that of n pulses', () => {
    const device = deviceOf('constant-step', { wMin: -1, wMax: 1, dw, spread: { dw: { cycleToCycle: s } } });
    const request = n * device.pulseStep;
    const asked = { ...device, pulse: ({ g }: { g: Parameters<typeof device.respond>[0]['g'] }) => device.respond({ g, request: constant(request) }) }; // prettier-ignore
    const ends = sampleResponses(asked, { trains: [1], from: 2, devices: N, seed: 9 })[1]!;
    for (const z of scores(ends, n, n * s ** 2)) expect(Math.abs(z)).toBeLessThan(Z);
  });
});

describe('ranges', () => {
  test('what is drawn beyond the range of a key is taken at its end: no exponent is negative, no step goes back', () => {
    const spread = { gammaUp: { deviceToDevice: 5 }, dw: { cycleToCycle: 5 } };
    const device = deviceOf('power-step', { wMin: -1, wMax: 1, dw: 0.01, gammaUp: 1, spread });
    const [before, after] = sampleResponses(device, { trains: [1], from: 1.5, devices: 1000 });
    after!.forEach((g, i) => {
      expect(g).toBeGreaterThanOrEqual(before![i]!);
      // γ = 0 is the largest step there is, at (1 + 5ξ) of dw.
      expect(g).toBeLessThan(1.5 + 0.01 * (1 + 5 * 6));
    });
  });

  test.each([
    [{ gamma: { deviceToDevice: 0.1 } }, 'Unrecognized key: "gamma"'],
    [{ gMin: { deviceToDevice: 0.1 } }, 'Unrecognized key: "gMin"'],
    [{ dw: { deviceToDevice: -0.1 } }, 'deviceToDevice'],
    [
      { dw: { deviceToDevice: 0.1, distribution: 'lognormal', kind: 'additive' } },
      'log-normal spread is a factor',
    ],
  ])('%j is refused', (spread, message) => {
    expect(() => deviceOf('power-step', { spread })).toThrow(message);
  });
});

/** Wide spreads of everything, on every backend; states beyond a bound of the device come back, so there is no margin. */
for (const id of Object.keys(CONFIGS)) {
  const sigma = (key: string): number => (key.startsWith('nonlinearity') ? 0.1 : 0.4);
  const spread = Object.fromEntries(variesOf(id).map((key) => [key, { deviceToDevice: sigma(key), cycleToCycle: sigma(key) }])); // prettier-ignore
  const inside = { ...('margin' in CONFIGS[id]! && { margin: 0 }), ...('reference' in CONFIGS[id]! && { reference: 0 }) }; // prettier-ignore
  describeDeviceModel(modelOf(id), { config: { ...CONFIGS[id]!, ...WINDOW, ...inside, spread }, fast: activateWasm }); // prettier-ignore
}
