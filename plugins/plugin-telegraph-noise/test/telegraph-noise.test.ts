import {
  describeNonIdeality,
  describePlugin,
  zOfMean,
  zOfVariance,
  type Sample,
} from '@txsim/plugin-testkit';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { telegraphNoise } from '../src/index.js';

const N = 20_000;
const [SHARE, OCCUPIED, AMPLITUDE] = [0.4, 0.3, 0.1];
const G = 5e-6;
const LOW = SHARE * OCCUPIED;

describePlugin(plugin, { packageJson });

describeNonIdeality(telegraphNoise, {
  config: { share: SHARE, occupied: OCCUPIED, amplitude: AMPLITUDE },
  neutral: { share: 0 },
  statistics: {
    [`n = ${N}: share · occupied of the devices are low, by the amplitude`]: async (sample) => {
      const values = await sample('conduct', N, { value: G });
      const low = values.filter((g) => Math.abs(g / G - 1 + AMPLITUDE) < 1e-6).length;
      const high = values.filter((g) => Math.abs(g / G - 1) < 1e-6).length;
      if (low + high !== N) throw new Error(`${N - low - high} devices are in neither state`);
      return (low / N - LOW) / Math.sqrt((LOW * (1 - LOW)) / N);
    },
  },
});

describeNonIdeality(telegraphNoise, {
  config: { share: 1, occupied: 1, amplitude: AMPLITUDE, amplitudeDeviceToDevice: 0.3 },
  statistics: {
    'the median amplitude of filled traps is the one that is set': async (sample) => {
      const heights = await logHeights(sample);
      return zOfMean(heights, Math.log(AMPLITUDE), 0.3);
    },
    'the logarithm of their amplitude has the spread that is set': async (sample) => {
      const heights = await logHeights(sample);
      return zOfVariance(heights, Math.log(AMPLITUDE), 0.3);
    },
  },
});

/** ln of the relative fall of devices whose traps are all filled. */
const logHeights = async (sample: Sample): Promise<number[]> =>
  (await sample('conduct', N, { value: G })).map((g) => Math.log(1 - g / G));
