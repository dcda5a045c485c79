import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { gaussian, labMatrix, values } from '../support/laboratory.js';
import { Z, zOfMean, zOfVariance } from '../support/statistics.js';

beforeAll(async () => {
  const { activateWasm } = await import('@txsim/plugin-backend-wasm');
  await activateWasm();
});

const SIGMA = 0.02;
const [G_MIN, G_MAX] = [1e-6, 1e-5];
const RANGE = G_MAX - G_MIN;
const [INPUTS, OUTPUTS] = [48, 64];
const READS = 256;

/** Standard deviation of a device by its conductance, both in units of the window. */
const DEVIATION = { additive: () => 1, proportional: (g: number) => g, root: Math.sqrt };

/** What reads add to the noiseless outputs (weights × inputs), with the deviation that the devices' noise gives. */
async function noiseOf(definition: keyof typeof DEVIATION, direction: 'forward' | 'backward') {
  const weights = gaussian([INPUTS, OUTPUTS], 3).mul(0.2).clipByValue(-1, 1) as tf.Tensor2D;
  const arrays = (sigma: number) => ({
    device: { use: 'device-models/ideal', gMin: G_MIN, gMax: G_MAX },
    mapping: { use: 'mapping', weightRange: 1 },
    nonIdealities: [{ use: 'read-noise', sigma, definition }],
  });
  const [noisy, quiet] = [await labMatrix(weights, arrays(SIGMA)), await labMatrix(weights, arrays(0))];
  const length = direction === 'forward' ? INPUTS : OUTPUTS;
  const lines = gaussian([1, length], 5);
  const all = tf.tile(lines, [READS, 1]) as tf.Tensor2D;
  const noise = values(tf.sub(noisy[direction](all), quiet[direction](all)));

  // An independent sum over the devices of each line: Var(I) = Σ V² Var(G), in units of the window.
  const v = values(lines);
  const g = noisy.state.map((plane) => plane.squeeze().arraySync() as number[][]);
  const lineCount = direction === 'forward' ? OUTPUTS : INPUTS;
  const deviation = Array.from({ length: lineCount }, (_, line) => {
    let variance = 0;
    for (const plane of g) {
      v.forEach((volts, k) => {
        const conductance = direction === 'forward' ? plane[k]![line]! : plane[line]![k]!;
        variance += (volts * SIGMA * DEVIATION[definition](conductance / RANGE)) ** 2;
      });
    }
    return Math.sqrt(variance);
  });
  return noise.map((x, i) => x / deviation[i % lineCount]!);
}

describe(`n = ${READS} reads of every line`, () => {
  test.each([
    ['additive', 'forward'],
    ['additive', 'backward'],
    ['proportional', 'forward'],
    ['proportional', 'backward'],
    ['root', 'forward'],
    ['root', 'backward'],
  ] as const)(
    '%s, %s: the output noise has the variance of all devices of its line',
    async (definition, direction) => {
      const sample = await noiseOf(definition, direction);
      expect(sample).toHaveLength(READS * (direction === 'forward' ? OUTPUTS : INPUTS));
      expect(Math.abs(zOfMean(sample, 0, 1))).toBeLessThan(Z);
      expect(Math.abs(zOfVariance(sample, 0, 1))).toBeLessThan(Z);
    },
  );
});

test('a stack has one law of noise that grows with conductance', async () => {
  const noise = (definition: string) => ({ use: 'read-noise', definition });
  await expect(labMatrix([[1]], { nonIdealities: [noise('proportional'), noise('root')] })).rejects.toThrow(
    'STACK_INVALID',
  );
  (await labMatrix([[1]], { nonIdealities: [noise('root'), noise('root'), noise('additive')] })).dispose();
});

test('two reads of the same vector differ, two runs of the same seed do not', async () => {
  const make = () => labMatrix(gaussian([8, 8]), { nonIdealities: [{ use: 'read-noise' }] });
  const x = gaussian([2, 8]);
  const [a, b] = [await make(), await make()];
  const first = values(a.forward(x));
  expect(values(b.forward(x))).toEqual(first);
  expect(values(a.forward(x))).not.toEqual(first);
});
