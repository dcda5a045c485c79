import { describeNonIdeality, describePlugin, zOfMean, zOfVariance } from '@txsim/plugin-testkit';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { decayDiffusion } from '../src/index.js';

const N = 20_000;
const RANGE = 9e-6;
const [REST, G] = [1e-6 + 0.25 * RANGE, 8e-6];

describePlugin(plugin, { packageJson });

describeNonIdeality(decayDiffusion, {
  config: { lifetime: 10, rate: 0.01, rest: 0.25 },
  neutral: { lifetime: 1e12, rate: 0 },
  statistics: {
    [`n = ${N}: the mean keeps nine tenths of its distance to the rest state`]: async (sample) =>
      zOfMean(await sample('update', N, { value: G }), REST + 0.9 * (G - REST), 0.01 * RANGE),
    [`n = ${N}: σ is the rate`]: async (sample) =>
      zOfVariance(await sample('update', N, { value: G }), REST + 0.9 * (G - REST), 0.01 * RANGE),
  },
});

describeNonIdeality(decayDiffusion, {
  config: { lifetime: 10, lifetimeDeviceToDevice: 0.2 },
  statistics: {
    [`n = ${N}: the mean loss is e^{σ²/2} of the nominal one`]: async (sample) => {
      const middle = 1e-6 + 0.5 * RANGE;
      const lost = (await sample('update', N, { value: G })).map((g) => (10 * (G - g)) / (G - middle));
      const [mean, variance] = [Math.exp(0.02), Math.expm1(0.04) * Math.exp(0.04)];
      return zOfMean(lost, mean, Math.sqrt(variance));
    },
  },
});
