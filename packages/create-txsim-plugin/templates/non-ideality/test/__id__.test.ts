import { describeNonIdeality, zOfMean, zOfVariance } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

const N = 20_000;
const [NOISE, SITE] = [0.01, { value: 2e-6, fullScale: 1e-5 }];

describeNonIdeality(__identifier__, {
  config: { spread: 0.1, noise: NOISE },
  neutral: { spread: 0, noise: 0 },
  statistics: {
    [`n = ${N}: the mean current is the noiseless one`]: async (sample) =>
      zOfMean(await sample('read', N, SITE), SITE.value, NOISE * SITE.fullScale),
    [`n = ${N}: the noise is that of the configuration`]: async (sample) =>
      zOfVariance(await sample('read', N, SITE), SITE.value, NOISE * SITE.fullScale),
  },
});
