import { input } from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { describeDeviceModel, describePlugin, make, valuesOf } from '@txsim/plugin-testkit';
import { describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { asymmetricNonlinear, ideal, measured, models, presets } from '../src/index.js';

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
