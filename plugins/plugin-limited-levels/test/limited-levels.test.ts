import { describeNonIdeality, describePlugin, type Sample, type StageInputs } from '@txsim/plugin-testkit';
import { expect } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { limitedLevels } from '../src/index.js';

const N = 20_000;
const [G_MIN, RANGE] = [1e-6, 9e-6];
const LEVELS = 10;
const STEP = RANGE / (LEVELS - 1);
/** Float32 positions of levels. */
const EXACT = 1e-5;

/** Positions on the scale of levels after a write to `position`. */
const written = async (sample: Sample, stage: 'program' | 'update', position: number, count: number) => {
  const value = G_MIN + position * STEP;
  const inputs: StageInputs =
    stage === 'program' ? { value } : { value, before: G_MIN, request: position * STEP };
  return (await sample(stage, count, inputs)).map((g) => (g - G_MIN) / STEP);
};

const expectAll = (positions: readonly number[], wanted: number): number => {
  for (const p of positions) expect(Math.abs(p - wanted)).toBeLessThan(EXACT);
  return 0;
};

describePlugin(plugin, { packageJson });

for (const rounding of ['nearest', 'stochastic'] as const) {
  describeNonIdeality(limitedLevels, {
    config: { levels: LEVELS, rounding },
    statistics: {
      [`${rounding}: programming finds the nearest level`]: async (sample) =>
        expectAll(await written(sample, 'program', 3.4, 10), 3) +
        expectAll(await written(sample, 'program', 3.6, 10), 4),
      [`${rounding}: gMin and gMax are levels`]: async (sample) =>
        expectAll(await written(sample, 'program', 0, 1), 0) +
        expectAll(await written(sample, 'program', 9, 1), 9),
      [`${rounding}: a level is kept`]: async (sample) => {
        for (const p of await written(sample, 'program', 5, 4)) expect(Math.abs(p - 5)).toBeLessThan(EXACT);
        return 0;
      },
    },
  });
}

describeNonIdeality(limitedLevels, {
  config: { levels: LEVELS, rounding: 'nearest' },
  statistics: {
    'nearest: a write finds the nearest level': async (sample) =>
      expectAll(await written(sample, 'update', 6.3, 10), 6),
  },
});

const P = 0.25;

describeNonIdeality(limitedLevels, {
  config: { levels: LEVELS, rounding: 'stochastic' },
  statistics: {
    [`stochastic, n = ${N}: a write goes to a neighbour, the upper one with the probability of what is beyond the lower`]:
      async (sample) => {
        const positions = await written(sample, 'update', 6 + P, N);
        const up = positions.filter((p) => Math.abs(p - 7) < EXACT).length;
        expect(positions.filter((p) => Math.abs(p - 6) < EXACT)).toHaveLength(N - up);
        return (up - N * P) / Math.sqrt(N * P * (1 - P));
      },
  },
});
