import { planeShape, toTiles } from '@txsim/ops';
import {
  describePlugin,
  describeTrainer,
  describeUpdateRule,
  make,
  normalNumbers,
  Pupil,
} from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { outerProduct, pulsedSgd, sgd } from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

describePlugin(plugin, { packageJson });
describeUpdateRule(outerProduct);
describeUpdateRule(pulsedSgd);
describeUpdateRule(pulsedSgd, { config: { application: 'aggregated', manageUpdate: false } });
describeUpdateRule(pulsedSgd, { config: { pulses: 'mean-count', manageBitLength: false } });
describeUpdateRule(pulsedSgd, { config: { pulses: 'deterministic-implicit', bitLength: 10 } });
describeUpdateRule(pulsedSgd, { config: { pulses: 'none' } });
describeTrainer(sgd);
describeTrainer(sgd, { config: { learningRate: 0.5, batchSize: 3, epochs: 0 } });

test('the outer product asks for ΔW = −rate · Σ x ⊗ d, in the layout of the tiles', async () => {
  const grid = { inputs: 9, outputs: 5, tileRows: 2, tileColumns: 1, rows: 8, columns: 8 };
  const x = tf.tensor2d(normalNumbers(4 * 9, 1), [4, 9]);
  const d = tf.tensor2d(normalNumbers(4 * 5, 2), [4, 5]);
  const pupil = new Pupil(make(outerProduct), { grid });
  pupil.learn(x, d, 0.25);
  const expected = await toTiles(tf.mul(tf.matMul(x, d, true, false), -0.25), grid).data();
  expect(pupil.arrays[0]!.asked).toEqual(['delta']);
  expect(pupil.tiles.shape).toEqual(planeShape(grid));
  (await pupil.tiles.data()).forEach((v, i) => expect(Math.abs(v - expected[i]!)).toBeLessThan(1e-5));
});
