import { describeNonIdeality, describePlugin, zOfMean, zOfVariance } from '@txsim/plugin-testkit';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { pcm, powerLaw, reram } from '../src/index.js';

const N = 20_000;
const G_MAX = 1e-5;

describePlugin(plugin, { packageJson });

describeNonIdeality(powerLaw, {
  config: { nu: 0.06, nuDeviceToDevice: 0.1 },
  neutral: { nu: 0 },
  statistics: {
    [`n = ${N}: the mean exponent is ν`]: async (sample) => {
      const g = await sample('retain', N, { value: 5e-6, time: 3600 });
      return zOfMean(g.map((x) => -Math.log(x / 5e-6) / Math.log(181)), 0.06, 0.006); // prettier-ignore
    },
    [`n = ${N}: the spread of exponents is ν times its relative σ`]: async (sample) => {
      const g = await sample('retain', N, { value: 5e-6, time: 3600 });
      return zOfVariance(g.map((x) => -Math.log(x / 5e-6) / Math.log(181)), 0.06, 0.006); // prettier-ignore
    },
  },
});

describeNonIdeality(pcm, {
  neutral: { programming: 0, drift: 0, read: 0 },
  statistics: {
    [`n = ${N}: programming σ at r = .5`]: async (sample) =>
      zOfVariance(await sample('program', N, { value: 0.5 * G_MAX }), 0.5 * G_MAX, (0.952705 / 25) * G_MAX),
  },
});

describeNonIdeality(reram, {
  neutral: { strength: 0 },
  statistics: {
    [`n = ${N}: σ at r = .5 after a day`]: async (sample) =>
      zOfVariance(
        await sample('retain', N, { value: 0.5 * G_MAX, time: 86_400 }),
        0.5 * G_MAX,
        (3.909 / 40) * G_MAX,
      ),
  },
});
