import { describeNonIdeality, describePlugin, make } from '@txsim/plugin-testkit';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { stuckDevices } from '../src/index.js';

const N = 20_000;
const [G_MIN, G_MAX] = [1e-6, 1e-5].map(Math.fround) as [number, number];

describePlugin(plugin, { packageJson });

const zOfFraction = (values: number[], is: (g: number) => boolean, p: number): number =>
  (values.filter(is).length / values.length - p) / Math.sqrt((p * (1 - p)) / values.length);

describeNonIdeality(stuckDevices, {
  config: { atMin: 0.1, atMax: 0.2, anywhere: 0.3 },
  neutral: { atMin: 0, atMax: 0, anywhere: 0 },
  statistics: Object.fromEntries(
    (['program', 'update', 'conduct'] as const).flatMap((stage) => [
      [
        `${stage}, n = ${N}: 10 % at gMin`,
        async (sample) => zOfFraction(await sample(stage, N), (g) => g === G_MIN, 0.1),
      ],
      [
        `${stage}, n = ${N}: 20 % at gMax`,
        async (sample) => zOfFraction(await sample(stage, N), (g) => g === G_MAX, 0.2),
      ],
      [
        `${stage}, n = ${N}: of the 30 % elsewhere a third is in the lowest third of the window`,
        async (sample) =>
          zOfFraction(await sample(stage, N), (g) => g > G_MIN && g < G_MIN + (G_MAX - G_MIN) / 3, 0.1),
      ],
    ]),
  ),
});

test('more stuck devices than there are is refused', () => {
  expect(() => make(stuckDevices, { config: { atMin: 0.6, atMax: 0.5 } })).toThrow(
    'atMin + atMax + anywhere ≤ 1',
  );
});
