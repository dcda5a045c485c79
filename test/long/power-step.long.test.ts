import { parseStack } from '@txsim/core';
import { standardRegistry } from '@txsim/simulator';
import { completeStack, simulate } from '@txsim/trainers';
import { expect, test } from 'vitest';
import { installed } from '../support/installed.js';
import { SGD, TIKI_TAKA } from '../support/power-steps.js';

const SEEDS = [1, 2, 3];

interface Case {
  readonly rule: { readonly use: string };
  /** Exponent of the power step. */
  readonly gamma: number;
  readonly cycleToCycle: number;
}

/**
 * Accuracies of 784-64-10 sigmoid on 5000 MNIST images, three epochs, by seed. Steps at mid-window are 0.001 whatever γ is;
 * spreads are those of the resistive-processing-unit baseline. The published network (784-256-128-10, 60,000 images) takes
 * hours here.
 */
async function accuracies({ rule, gamma, cycleToCycle }: Case): Promise<number[]> {
  const found: number[] = [];
  for (const seed of SEEDS) {
    const device = {
      use: 'device-models/power-step',
      dw: 0.001 * 2 ** gamma,
      wMin: -0.6,
      wMax: 0.6,
      margin: 0.2,
      gammaUp: gamma,
      gammaDown: gamma,
      cycleToCycle,
      stepDeviceToDevice: 0.3,
      upDownDeviceToDevice: 0.01,
      wMaxDeviceToDevice: 0.3,
      wMinDeviceToDevice: 0.3,
    };
    const stack = parseStack({
      seed,
      dataset: { use: 'mnist', trainSize: 5000, testSize: 1000 },
      network: { use: 'mlp', units: [64], activation: 'sigmoid' },
      stack: { device, mapping: { use: 'mapping/offset', weightRange: 1 }, updateRule: rule },
      trainer: { use: 'trainers/sgd', learningRate: 0.1, batchSize: 10, epochs: 3 },
    });
    const options = { registry: standardRegistry(), host: installed, twin: false };
    found.push((await simulate(completeStack(stack), options)).accuracy!);
  }
  console.log(
    `${rule.use}, γ ${gamma}, c2c ${cycleToCycle}: ${found.map((a) => (100 * a).toFixed(1)).join(', ')} %`,
  );
  return found;
}

test('the steeper the power step, the worse pulsed SGD; Tiki-Taka recovers; cycle-to-cycle noise is second order', async () => {
  const half = await accuracies({ rule: SGD, gamma: 0.5, cycleToCycle: 0.3 });
  const one = await accuracies({ rule: SGD, gamma: 1, cycleToCycle: 0.3 });
  const two = await accuracies({ rule: SGD, gamma: 2, cycleToCycle: 0.3 });
  const recovered = await accuracies({ rule: TIKI_TAKA, gamma: 1, cycleToCycle: 0.3 });
  const noisy = await accuracies({ rule: SGD, gamma: 0.5, cycleToCycle: 1.2 });
  SEEDS.forEach((seed, i) => {
    expect(half[i], `seed ${seed}`).toBeGreaterThan(one[i]!);
    expect(one[i], `seed ${seed}`).toBeGreaterThan(two[i]!);
    expect(recovered[i], `seed ${seed}`).toBeGreaterThan(one[i]!);
    expect(Math.abs(noisy[i]! - half[i]!), `seed ${seed}`).toBeLessThan(half[i]! - one[i]!);
  });
});
