import { input } from '@txsim/ops';
import { describeNonIdeality, describePlugin, make, valuesOf } from '@txsim/plugin-testkit';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { temperature } from '../src/index.js';

describePlugin(plugin, { packageJson });
describeNonIdeality(temperature, { config: { kelvin: 358 }, neutral: { kelvin: 300 } });

test('a device at gMin conducts exp(0.1 eV/k (1/300 K − 1/400 K)) = 2.6302 times as well, one at gMax as before', async () => {
  const [effect] = make(temperature, { config: { kelvin: 400, energy: 0.1 } }).effects;
  if (effect?.stage !== 'conduct') throw new Error('it acts elsewhere');
  const [gMin, gMax] = [1e-6, 1e-5];
  const [low, high] = await valuesOf(effect.apply(input('g'), { window: { gMin, gMax } }), {
    g: [gMin, gMax],
  });
  expect(low! / gMin).toBeCloseTo(2.6302, 3);
  expect(high! / gMax).toBeCloseTo(1, 6);
});
