import { describeNonIdeality, describePlugin, make, zOfMean } from '@txsim/plugin-testkit';
import { describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { stuckDevices, stuckMap } from '../src/index.js';

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

describeNonIdeality(stuckDevices, {
  config: { atMin: 0, atMax: 0, anywhere: 1, from: [0.5, 0.75] },
  statistics: {
    [`n = ${N}: anywhere is a part of the window, uniformly`]: async (sample) => {
      const places = (await sample('conduct', N)).map((g) => (g - G_MIN) / (G_MAX - G_MIN));
      expect(Math.min(...places)).toBeGreaterThan(0.5 - 1e-6);
      expect(Math.max(...places)).toBeLessThan(0.75 + 1e-6);
      return zOfMean(places, 0.625, 0.25 / Math.sqrt(12));
    },
  },
});

/** What a file holds as a host would read it. */
const host = (text: string) => ({
  config: { file: 'faults.csv' },
  readFile: async () => new TextEncoder().encode(text),
});
const MAP = 'matrix,plane,input,output,held\n# by hand\nmatrix,0,0,1,gMin\nmatrix,0,0,2,gMax\nmatrix,0,0,3,8e-6\nother,0,0,4,gMin\nmatrix,1,0,5,gMin\n'; // prettier-ignore

describeNonIdeality(stuckMap, {
  ...host(MAP),
  statistics: Object.fromEntries(
    (['program', 'update', 'conduct'] as const).map((stage) => [
      `${stage}: the devices of the map hold what it says, the others what they are given`,
      async (sample) => {
        const held = await sample(stage, 6, { value: 5e-6 });
        expect(held).toEqual([5e-6, 1e-6, 1e-5, 8e-6, 5e-6, 5e-6].map((g) => expect.closeTo(g, 12)));
        return 0;
      },
    ]),
  ),
});

describe('a map that is wrong is refused, with its line', () => {
  const HEADER = 'matrix,plane,input,output,held\n';
  test.each([
    ['', 'line 1: expected the columns matrix,plane,input,output,held'],
    [`${HEADER}m,0,0,0\n`, 'line 2: expected 5 values, got 4'],
    [`${HEADER}m,0,-1,0,gMin\n`, 'line 2, input: expected a number from 0, got "-1"'],
    [
      `${HEADER}m,0,1,0,open\n`,
      'line 2, held: expected gMin, gMax or a conductance > 0 in siemens, got "open"',
    ],
    [`${HEADER}m,0,3,0,gMin\n`, 'line 2: m has 3 inputs and 2 outputs, there is no device 3, 0'],
  ])('%j', async (text, message) => {
    const { known } = make(stuckMap, host(text));
    const asked = known!['held']!({ matrix: 'm', plane: 0, inputs: 3, outputs: 2 });
    await expect(asked).rejects.toThrow(`DEVICE_MAP_INVALID [faults.csv] ${message}`);
  });

  test('a file that is not there', async () => {
    const { known } = make(stuckMap, { readFile: () => Promise.reject(new Error('no such file')) });
    const asked = known!['held']!({ matrix: 'm', plane: 0, inputs: 3, outputs: 2 });
    await expect(asked).rejects.toThrow('faults.csv] cannot be read: no such file');
  });
});
