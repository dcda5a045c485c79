import { differentiableConductance, effectiveConductance, rankFourConductance } from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import type * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { withLadderGradient } from '../support/single-devices.js';
import { recordTraining } from '../support/validation.js';
import { trainThroughWires } from '../support/wired-training.js';

/**
 * Whole trainings through the wires, published for another simulator's iterative solver: 784-128-10, ReLU, MNIST, Adam at
 * 0.002 on batches of 128, 2 Ω per segment and nothing else, 1 to 40 kΩ, offset columns removed digitally; 20 epochs with
 * arrays of 32 × 32, or until 99 % of the training images are right, and 10 with 64 × 64.
 *
 * Source: A. Lambertini, Crossbar_Models_Comparison (2024), TrainedModels/crosssim_model/*\/train_log.txt.
 */
const LINES = { row: 2, column: 2, rowEnd: 2, columnEnd: 2 };
const WINDOW = { gMin: 1 / 40e3, gMax: 1 / 1e3 };
/** As good as the published solver's, whose voltages are good to 1e-3. */
const TOLERANCE = 1e-3;

type Effective = (g: tf.Tensor4D) => tf.Tensor4D;
const devices = (effective: Effective) => ({ ...WINDOW, effective });
const exact = devices((g) => differentiableConductance(g, LINES, TOLERANCE));

beforeAll(activateWasm);

describe.each([
  { tile: 32, epochs: 20, enough: 0.99, published: 0.9691 },
  { tile: 64, epochs: 10, enough: 1, published: 0.9329 },
])('arrays of $tile', ({ published, ...training }) => {
  let reached: number | undefined;

  test('trained through the network itself: the published accuracy within 1 %', async () => {
    const { accuracy, epochs, trained } = await trainThroughWires({ ...training, devices: exact });
    reached = accuracy;
    console.log(`exact: ${accuracy} after ${epochs} epochs, training ${trained}; published ${published}`);
    expect(Math.abs(accuracy - published)).toBeLessThan(0.01);
    const name = `784-128-10, MNIST, through the exact wires of arrays of ${training.tile} (Lambertini 2024)`;
    recordTraining(name, `${(100 * published).toFixed(2)} %`, `${(100 * accuracy).toFixed(2)} %`);
  });

  test.each([
    ['ladder', effectiveConductance],
    ['ladder2', rankFourConductance],
  ] as const)('trained through %s, tested on the network: within 1 % of that', async (name, form) => {
    const closed = devices(withLadderGradient(form, LINES));
    const { accuracy, others } = await trainThroughWires({ ...training, devices: closed }, [exact]);
    console.log(`${name}: ${accuracy} as trained, ${others[0]} on the network, exact ${reached}`);
    expect(Math.abs(others[0]! - published)).toBeLessThan(0.01);
  });
});
