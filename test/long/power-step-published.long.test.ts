import { parseStack } from '@txsim/core';
import { standardRegistry } from '@txsim/simulator';
import { completeStack, simulate } from '@txsim/trainers';
import { expect, test } from 'vitest';
import { installed } from '../support/installed.js';
import { SGD, TIKI_TAKA } from '../support/power-steps.js';
import { recordTraining } from '../support/validation.js';

/** Of the 30 that are published, which take half an hour each. */
const EPOCHS = 5;
const TIMEOUT = 120 * 60_000;
const [G_MIN, G_MAX, VOLTS] = [1e-6, 1e-5, 0.2];
/** The current of a weight of 1 at an input of 1. */
const UNIT = (VOLTS * (G_MAX - G_MIN)) / 2;

interface Case {
  readonly rule?: { readonly use: string };
  /** Exponent of the steps. */
  readonly gamma?: number;
  /** Weights lie between ± τ; 1200 steps of the size at a bound lie between them. */
  readonly bound?: number;
  readonly cycleToCycle?: number;
}

/**
 * 784-256-128-10, sigmoid, MNIST, batches of 10 at a rate of 0.05, power steps; DAC of 7 bits and ADC of 9 with noise and
 * bound management, output noise 0.06 of a bound of 12.
 *
 * Source: Wu et al., "Towards exact gradient-based training on analog in-memory computing", NeurIPS 2024, arXiv 2406.12774,
 * and "Analog in-memory training on general non-ideal resistive elements", arXiv 2502.06309, with their scripts.
 */
async function accuracyOf({
  rule = SGD,
  gamma = 0.5,
  bound = 0.6,
  cycleToCycle = 0.3,
}: Case): Promise<number> {
  const stack = parseStack({
    dataset: { use: 'mnist' },
    network: { use: 'mlp', units: [256, 128], activation: 'sigmoid' },
    stack: {
      device: {
        use: 'device-models/power-step',
        gMin: G_MIN,
        gMax: G_MAX,
        dw: bound / 600,
        wMin: -bound,
        wMax: bound,
        margin: 0,
        gammaUp: gamma,
        gammaDown: gamma,
        cycleToCycle,
        stepDeviceToDevice: 0.3,
        upDownDeviceToDevice: 0.01,
      },
      mapping: { use: 'mapping/offset', weightRange: 1 },
      dac: { use: 'circuit-models/uniform-dac', bits: 7, readVoltage: VOLTS },
      sense: { use: 'circuit-models/s-shape-sense', s: 0, noise: 0.06 / 12 },
      adc: { use: 'circuit-models/uniform-adc', bits: 9, range: 12 * UNIT, retries: 6 },
      updateRule: rule,
    },
    trainer: { use: 'trainers/sgd', learningRate: 0.05, batchSize: 10, epochs: EPOCHS },
  });
  const { accuracy } = await simulate(completeStack(stack), {
    registry: standardRegistry(),
    host: installed,
    twin: false,
  });
  return accuracy!;
}

const percent = (accuracy: number): string => `${(100 * accuracy).toFixed(2)} %`;

/** Trains once, and puts the accuracy beside the published one. */
async function trained(name: string, published: string, of: Case): Promise<number> {
  const accuracy = await accuracyOf(of);
  console.log(`${name}: ${percent(accuracy)}; published ${published} after 30 epochs`);
  recordTraining(
    `784-256-128-10, MNIST, ${EPOCHS} of 30 epochs, ${name} (Wu et al. 2024, 2025)`,
    published,
    percent(accuracy),
  );
  return accuracy;
}

const CLAIM =
  'steeper steps cost pulsed SGD more than the window and the noise of pulses do, and Tiki-Taka recovers';

test(CLAIM, { timeout: TIMEOUT }, async () => {
  const windows = [
    await trained('pulsed SGD, γ = 0.5, τ = 0.6', '96.01 %', {}),
    await trained('pulsed SGD, γ = 0.5, τ = 0.7', '97.40 %', { bound: 0.7 }),
    await trained('pulsed SGD, γ = 0.5, τ = 0.8', '97.38 %', { bound: 0.8 }),
  ];
  const quiet = await trained('pulsed SGD, γ = 0.5, cycle to cycle 10 %', '97.22 %', { cycleToCycle: 0.1 });
  const noisy = await trained('pulsed SGD, γ = 0.5, cycle to cycle 120 %', '96.19 %', { cycleToCycle: 1.2 });
  const steep = await trained('pulsed SGD, γ = 1, τ = 0.6', '< 15 %', { gamma: 1 });
  const recovered = await trained('Tiki-Taka, γ = 1, τ = 0.6', '97 %', { gamma: 1, rule: TIKI_TAKA });
  const cost = windows[0]! - steep;
  expect(cost).toBeGreaterThan(0);
  expect(Math.max(...windows) - Math.min(...windows)).toBeLessThan(cost);
  expect(Math.abs(noisy - quiet)).toBeLessThan(cost);
  expect(recovered).toBeGreaterThan(steep);
});
