import { input } from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { describeDeviceModel, describePlugin, make, valuesOf } from '@txsim/plugin-testkit';
import { describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, {
  assertPulsed,
  asymmetricNonlinear,
  ideal,
  measured,
  models,
  presets,
  pulseResponse,
} from '../src/index.js';

const fast = activateWasm;

describePlugin(plugin, { packageJson });
describeDeviceModel(ideal, { fast });
describeDeviceModel(ideal, { config: { gMin: 1e-9, gMax: 1e-3 }, fast });
for (const nu of [0, 0.1, 1, 5, 20]) describeDeviceModel(asymmetricNonlinear, { config: { nu }, fast });
for (const model of [...models.slice(1), ...presets]) describeDeviceModel(model, { fast });
describeDeviceModel(measured, {
  config: { up: [4e-8, 3e-8, 1e-8], down: [1e-8, 5e-8], upSigma: [1e-8], stepDeviceToDevice: 0.2 },
  fast,
});

describe('windows', () => {
  test.each([...models, ...presets])('$id: gMin ≥ gMax is refused, with a hint at ohms', (contribution) => {
    const wrong = { gMin: 1e5, gMax: 1e4 };
    expect(() => make(contribution, { config: wrong })).toThrow(
      /gMin: expected gMin < gMax .*were ohms meant/,
    );
    expect(() => make(contribution, { config: { gMin: 1e-5, gMax: 1e-5 } })).toThrow('gMin < gMax');
  });

  test.each([0, -1e-6, Infinity, '1e-6'])('gMin = %j is refused', (gMin) => {
    expect(() => make(ideal, { config: { gMin } })).toThrow('gMin');
  });
});

describe('asymmetric non-linearity', () => {
  const [G_MIN, G_MAX] = [1, 3];
  const respond = async (nu: number, g: number[], request: number[]): Promise<number[]> => {
    const device = make(asymmetricNonlinear, { config: { gMin: G_MIN, gMax: G_MAX, nu } });
    return valuesOf(device.respond({ g: input('g'), request: input('request') }), { g, request });
  };

  test('a request of the whole range takes a device from one end of the window to the other', async () => {
    for (const nu of [0, 0.1, 1, 5]) {
      const [up, down] = await respond(nu, [G_MIN, G_MAX], [2, -2]);
      expect(Math.abs(up! - G_MAX)).toBeLessThan(1e-5);
      expect(Math.abs(down! - G_MIN)).toBeLessThan(1e-5);
    }
  });

  test('two half requests do what one whole request does', async () => {
    const whole = await respond(3, [1.2, 2.9], [0.5, -0.5]);
    const half = await respond(3, [1.2, 2.9], [0.25, -0.25]);
    const both = await respond(3, half, [0.25, -0.25]);
    both.forEach((g, i) => expect(Math.abs(g - whole[i]!)).toBeLessThan(1e-6 * G_MAX));
  });

  test('potentiation slows towards gMax, depression towards gMin, each as the mirror image of the other', async () => {
    const states = [1, 1.5, 2, 2.5, 3];
    const up = (await respond(2, states, states.map(() => 0.1))).map((g, i) => g - states[i]!); // prettier-ignore
    const down = (await respond(2, states, states.map(() => -0.1))).map((g, i) => g - states[i]!); // prettier-ignore
    up.slice(1).forEach((change, i) => expect(change).toBeLessThan(up[i]!));
    down.forEach((change, i) =>
      expect(Math.abs(change + up[states.length - 1 - i]!)).toBeLessThan(1e-6 * G_MAX),
    );
  });
});

describe('at the ends of what a schema allows', () => {
  const of = (id: string, config: object) => {
    const device = make(
      models.find((m) => m.id === id)!,
      { config: { gMin: 1, gMax: 3, ...config } },
    );
    assertPulsed(device, id);
    return device;
  };

  test.each([
    ['linear-step', { wMin: 0, wMax: 1 }],
    ['linear-step', { wMin: -1, wMax: 0, gammaUp: 0.1, gammaDown: 0.1 }],
    ['linear-step', { gammaUp: 10, gammaDown: 10, dw: 0.1 }],
    ['soft-bounds', { dw: 1.5 }],
    ['soft-bounds-pmax', { wMin: 0, wMax: 1, pMax: 1000, alpha: 0.5 }],
    ['soft-bounds-pmax', { wMin: -1, wMax: 0, pMax: 1, alpha: 1e-6 }],
    ['exponential-step', { gammaUp: 50, gammaDown: 50, scale: 2, shift: 2 }],
    ['power-step', { gammaUp: 0, gammaDown: 10 }],
    ['piecewise-step', { up: [0, 1], down: [1, 0] }],
    ['neurosim-exponential', { nonlinearityUp: -10, nonlinearityDown: 10, statesUp: 2, statesDown: 2 }],
    ['symmetric-nonlinear', { nu: 20, pulse: 1 }],
    ['asymmetric-nonlinear', { nu: 20, pulse: 1 }],
    ['constant-step', { upDown: 1, dw: 5 }],
  ])('%s %j: pulses and requests anywhere give numbers, and 0 asks for nothing', async (id, config) => {
    const device = of(id, config);
    const g = [1, 1, 1.5, 1.5, 2, 2, 3, 3];
    const up = g.map((_, i) => i % 2);
    const pulsed = await valuesOf(device.pulse({ g: input('g'), up: input('up') }), { g, up });
    const asked = [-2, -0.3, 0, 0.3, 2].flatMap((r) => g.map((x) => [x, r] as const));
    const site = { g: asked.map(([x]) => x), request: asked.map(([, r]) => r) };
    const answered = await valuesOf(device.respond({ g: input('g'), request: input('request') }), site);
    expect([...pulsed, ...answered].filter(Number.isNaN)).toEqual([]);
    asked.forEach(([x, r], i) => {
      if (r === 0) expect(answered[i]).toBe(Math.fround(x));
    });
  });

  test('a range that ends at w = 0 has constant linear steps there', () => {
    const device = of('linear-step', { wMin: 0, wMax: 1, dw: 0.01, gammaDown: 0.5 });
    const falls = pulseResponse(device, [-3], 2).map((g) => g - 1);
    [1, 0.98, 0.96, 0.94].forEach((w, i) => expect(falls[i]).toBeCloseTo(w, 12));
  });

  test('a power of 0 is a constant step, also at the bound ahead', () => {
    const power = of('power-step', { gammaUp: 0, gammaDown: 0, dw: 0.01 });
    const constant = of('constant-step', { dw: 0.01 });
    for (const from of [1, 2, 3])
      expect(pulseResponse(power, [80, -200], from)).toEqual(pulseResponse(constant, [80, -200], from));
  });

  test.each([
    ['piecewise-step', { up: [0], down: [0] }],
    ['soft-bounds-reference', { reference: 2 }],
    ['soft-bounds-reference', { symmetric: true, upDown: 1 }],
    ['measured', { up: [0], down: [0] }],
  ])('%s %j: a device that pulses do not change at mid-window is refused', (id, config) => {
    expect(() => of(id, config)).toThrow('a pulse changes nothing in the middle of the window');
  });
});
