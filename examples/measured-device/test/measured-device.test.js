import { readFileSync } from 'node:fs';
import { constant, input } from '@txsim/ops';
import { describeDeviceModel, describePlugin, make, valuesOf } from '@txsim/plugin-testkit';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { measured } from '../src/index.js';

describePlugin(plugin, { packageJson });
describeDeviceModel(measured);
describeDeviceModel(measured, { config: { bins: 3, cycleToCycle: 0 } });

test('a pulse makes the mean step that was measured near its conductance', async () => {
  const rows = readFileSync(new URL('../pulses.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split(','));
  const near = [];
  rows.forEach(([, , pulse, g], i) => {
    const before = Number(rows[i - 1]?.[3]);
    if (pulse === 'set' && Math.abs(before - 6) < 0.5) near.push(Number(g) - before);
  });
  const mean = near.reduce((a, b) => a + b) / near.length;
  const spread = Math.sqrt(near.reduce((sum, s) => sum + (s - mean) ** 2, 0) / near.length);
  const { pulse } = make(measured, { config: { cycleToCycle: 0 } });
  const [after] = await valuesOf(pulse({ g: input('g'), up: constant(1) }), { g: [6e-6] });
  // Steps of 1 µS of conductances, of five devices: the mean of n of them is known to spread/√n.
  const z = (1e6 * (after - 6e-6) - mean) / (spread / Math.sqrt(near.length));
  expect(near.length).toBeGreaterThan(20);
  expect(Math.abs(z)).toBeLessThan(4.5);
});
