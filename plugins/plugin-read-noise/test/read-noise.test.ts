import { describeNonIdeality, describePlugin, zOfMean, zOfVariance } from '@txsim/plugin-testkit';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { readNoise } from '../src/index.js';

const N = 20_000;
const SIGMA = 0.02;
const RANGE = 9e-6;
const SITE = { value: 2e-6, driveNorm: 0.7, deviceCurrentNorm: 5e-6 };

/** Standard deviations in amperes: two planes of devices share a line. */
const EXPECTED = {
  additive: SIGMA * RANGE * Math.SQRT2 * SITE.driveNorm,
  proportional: SIGMA * SITE.deviceCurrentNorm,
  root: SIGMA * SITE.deviceCurrentNorm,
};

describePlugin(plugin, { packageJson });

for (const [definition, sigma] of Object.entries(EXPECTED)) {
  describeNonIdeality(readNoise, {
    config: { sigma: SIGMA, definition },
    neutral: { sigma: 0, definition },
    statistics: {
      [`${definition}, n = ${N}: the mean current is the noiseless one`]: async (sample) =>
        zOfMean(await sample('read', N, SITE), SITE.value, sigma),
      [`${definition}, n = ${N}: σ = ${sigma.toPrecision(3)} A`]: async (sample) =>
        zOfVariance(await sample('read', N, SITE), SITE.value, sigma),
    },
  });
}
