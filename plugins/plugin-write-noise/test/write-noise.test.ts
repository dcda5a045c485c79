import {
  describeNonIdeality,
  describePlugin,
  zOfMean,
  zOfVariance,
  type Sample,
} from '@txsim/plugin-testkit';
import { expect } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { writeNoise } from '../src/index.js';

const N = 20_000;
const GAMMA = 2;
const RANGE = 9e-6;
const [BEFORE, CHANGE] = [5e-6, RANGE / 10];
const WRITE = { before: BEFORE, value: BEFORE + CHANGE, request: CHANGE };

/** Deviations from the written value, in units of the range. */
const deviations = async (sample: Sample): Promise<number[]> =>
  (await sample('update', N, WRITE)).map((g) => (g - WRITE.value) / RANGE);

describePlugin(plugin, { packageJson });

describeDefinition('txsim', (GAMMA / 100) * Math.sqrt(CHANGE / RANGE));
describeDefinition('pulse-relative', ((GAMMA / 100) * CHANGE) / RANGE);
describeDefinition('range-relative', GAMMA / 100);

/** @param sigma expected standard deviation, in units of the range */
function describeDefinition(definition: string, sigma: number): void {
  describeNonIdeality(writeNoise, {
    config: { gamma: GAMMA, definition },
    neutral: { gamma: 0, definition },
    statistics: {
      [`${definition}, n = ${N}: the mean write is exact`]: async (sample) =>
        zOfMean(await deviations(sample), 0, sigma),
      [`${definition}, n = ${N}: σ = ${sigma.toPrecision(3)} of the range`]: async (sample) =>
        zOfVariance(await deviations(sample), 0, sigma),
      [`${definition}: a device that is asked for nothing and does nothing gets no noise`]: async (
        sample,
      ) => {
        const idle = { before: BEFORE, value: BEFORE, request: 0 };
        for (const g of await sample('update', 100, idle)) expect(g).toBe(Math.fround(BEFORE));
        return 0;
      },
    },
  });
}
