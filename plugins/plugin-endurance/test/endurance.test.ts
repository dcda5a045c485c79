import { describeNonIdeality, describePlugin, make, valuesOf, zOfVariance } from '@txsim/plugin-testkit';
import { input } from '@txsim/ops';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { endurance } from '../src/index.js';

const N = 20_000;
const [G_MIN, G_MAX] = [1e-6, 1e-5];

describePlugin(plugin, { packageJson });

describeNonIdeality(endurance, {
  config: { pulses: 1e5, deviceToDevice: 0.4, meeting: 0 },
  neutral: { pulses: 1e14 },
  statistics: {
    [`n = ${N}: ln N has the spread that is set`]: async (sample) => {
      const g = await sample('update', N, { value: G_MAX, pulses: 1e5 });
      // All devices are at the upper end of what is left: w = (g − gMin)/R, and ln(1/w − 1) = ln n − ln N at slope 1.
      return zOfVariance(g.map((x) => Math.log((G_MAX - G_MIN) / (x - G_MIN) - 1)), 0, 0.4); // prettier-ignore
    },
  },
});

/** The ends of the window after some pulses, fractions of the window. */
async function ends(config: Record<string, unknown>, pulses: number[]): Promise<[number, number][]> {
  const [effect] = make(endurance, { config }).effects;
  if (effect?.stage !== 'update') throw new Error('it acts elsewhere');
  const window = { gMin: G_MIN, gMax: G_MAX };
  const asked = { before: input('value'), request: input('value'), pulses: input('pulses') };
  const written = effect.apply(input('value'), { window, ...asked });
  const at = (value: number) => valuesOf(written, { value: pulses.map(() => value), pulses });
  const [low, high] = [await at(G_MIN), await at(G_MAX)];
  return low.map((g, i) => [g, high[i]!].map((x) => (x - G_MIN) / (G_MAX - G_MIN)) as [number, number]);
}

test('half of the window is left after N pulses, 1/(1 + 10^β) after 10 N, and all of it before the first', async () => {
  for (const slope of [0.5, 1, 2]) {
    for (const meeting of [0, 0.25, 1]) {
      const found = await ends({ pulses: 1e4, slope, meeting }, [0, 1e4, 1e5]);
      [1, 0.5, 1 / (1 + 10 ** slope)].forEach((left, i) => {
        const tolerance = i === 0 ? 1e-4 : 2e-6;
        expect(Math.abs(found[i]![0] - meeting * (1 - left))).toBeLessThan(tolerance);
        expect(Math.abs(found[i]![1] - (meeting + (1 - meeting) * left))).toBeLessThan(tolerance);
      });
    }
  }
});
