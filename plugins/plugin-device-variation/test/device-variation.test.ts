import { describeNonIdeality, describePlugin, make, zOfMean, zOfVariance } from '@txsim/plugin-testkit';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { deviceVariation } from '../src/index.js';

const G = 4e-6;
/** Of the window of the promises, 1e-6 to 1e-5 S. */
const RANGE = 9e-6;
const SIGMA = 0.1;
const N = 20_000;

describePlugin(plugin, { packageJson });

describeNonIdeality(deviceVariation, {
  config: { sigma: SIGMA },
  neutral: { sigma: 0 },
  statistics: {
    [`n = ${N}: the mean conductance is the nominal one`]: async (sample) =>
      zOfMean(await sample('conduct', N, { value: G }), G, SIGMA * G),
    [`n = ${N}: the spread is σ·G`]: async (sample) =>
      zOfVariance(await sample('conduct', N, { value: G }), G, SIGMA * G),
  },
});

describeNonIdeality(deviceVariation, {
  config: { sigma: SIGMA, distribution: 'lognormal' },
  neutral: { sigma: 0, distribution: 'lognormal' },
  statistics: {
    [`n = ${N}: ln(G/G₀) has mean 0, the median device is the nominal one`]: async (sample) =>
      zOfMean((await sample('conduct', N, { value: G })).map((g) => Math.log(g / G)), 0, SIGMA), // prettier-ignore
  },
});

describeNonIdeality(deviceVariation, {
  config: { sigma: 3 },
  statistics: {
    'n = 20000: however large σ, no device conducts less than nothing': async (sample) => {
      for (const g of await sample('conduct', N)) expect(g).toBeGreaterThanOrEqual(0);
      return 0;
    },
  },
});

describeNonIdeality(deviceVariation, {
  config: { sigma: 0.01, kind: 'additive' },
  neutral: { sigma: 0, kind: 'additive' },
  statistics: {
    [`n = ${N}: the mean conductance is the nominal one`]: async (sample) =>
      zOfMean(await sample('conduct', N, { value: G }), G, 0.01 * RANGE),
    [`n = ${N}: the spread is σ·(gMax − gMin)`]: async (sample) =>
      zOfVariance(await sample('conduct', N, { value: G }), G, 0.01 * RANGE),
  },
});

test('a log-normal deviation cannot be added', () => {
  expect(() => make(deviceVariation, { config: { distribution: 'lognormal', kind: 'additive' } })).toThrow(
    'expected kind "multiplicative"',
  );
});

test('it acts on what the circuit sees, not on what the device holds', () => {
  expect(make(deviceVariation).effects.map((effect) => effect.stage)).toEqual(['conduct']);
});
