import { parseStack } from '@txsim/core';
import { standardRegistry } from '@txsim/simulator';
import { completeStack, simulate } from '@txsim/trainers';
import { describe, expect, test } from 'vitest';

const SEEDS = [1, 2, 3];

/** Soft bounds about the symmetry point of each device, forty pulses from end to end, every spread on. */
const device = (offset: number) => ({
  use: 'device-models/soft-bounds-reference',
  wMin: -1,
  wMax: 1,
  dw: 0.05,
  symmetric: true,
  referenceDeviceToDevice: offset,
  cycleToCycle: 0.3,
  stepDeviceToDevice: 0.3,
  upDownDeviceToDevice: 0.1,
  wMaxDeviceToDevice: 0.1,
  wMinDeviceToDevice: 0.1,
});

const TRANSFER = { fastRate: 0.2, transferRate: 1, linesPerTransfer: 8 };
const RULES = {
  'pulsed-sgd': {},
  'tiki-taka': TRANSFER,
  'tiki-taka-2': TRANSFER,
  'chopped-tiki-taka': { fastRate: 0.5, transferRate: 2, linesPerTransfer: 8, chopProbability: 1 },
  agad: { ...TRANSFER, chopEvery: 5 },
  'residual-learning': TRANSFER,
  'mixed-precision': {},
};
type Rule = keyof typeof RULES;

/** Accuracies of a linear classifier of the 8 × 8 digits, ten epochs of 1000 images, by seed. */
async function accuracies(rule: Rule, offset: number): Promise<number[]> {
  const found: number[] = [];
  for (const seed of SEEDS) {
    const stack = parseStack({
      seed,
      dataset: { use: 'datasets/digits', trainSize: 1000, testSize: 300 },
      network: { use: 'mlp', units: [] },
      stack: {
        device: device(offset),
        mapping: { use: 'mapping/offset', weightRange: 1 },
        updateRule: { use: `trainers/${rule}`, ...RULES[rule] },
      },
      trainer: { use: 'trainers/sgd', learningRate: 0.1, batchSize: 10, epochs: 10 },
    });
    const { accuracy } = await simulate(completeStack(stack), { registry: standardRegistry(), twin: false });
    found.push(accuracy!);
  }
  console.log(`${rule}, offset ${offset}: ${found.map((a) => (100 * a).toFixed(1)).join(', ')} %`);
  return found;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

describe('one asymmetric device, the published order', () => {
  test('pulsed SGD collapses, the Tiki-Taka family recovers, and a digital sum loses least', async () => {
    const pulsed = await accuracies('pulsed-sgd', 0);
    for (const rule of [
      'tiki-taka',
      'tiki-taka-2',
      'chopped-tiki-taka',
      'agad',
      'residual-learning',
    ] as const) {
      const own = await accuracies(rule, 0);
      own.forEach((accuracy, seed) =>
        expect(accuracy, `${rule}, seed ${SEEDS[seed]}`).toBeGreaterThan(pulsed[seed]!),
      );
    }
    expect(mean(await accuracies('mixed-precision', 0))).toBeGreaterThan(
      mean(await accuracies('tiki-taka-2', 0)),
    );
  });

  test('AGAD tolerates an offset of the reference that Tiki-Taka version 2 does not, choppers some of it', async () => {
    const [plain, offset] = [await accuracies('tiki-taka-2', 0), await accuracies('tiki-taka-2', 0.3)];
    const [own, tolerant] = [await accuracies('agad', 0), await accuracies('agad', 0.3)];
    const chopped = await accuracies('chopped-tiki-taka', 0.3);
    SEEDS.forEach((seed, i) => {
      expect(chopped[i], `seed ${seed}`).toBeGreaterThan(offset[i]!);
      expect(tolerant[i], `seed ${seed}`).toBeGreaterThan(chopped[i]!);
      expect(own[i]! - tolerant[i]!, `seed ${seed}`).toBeLessThan(plain[i]! - offset[i]!);
    });
  });
});
