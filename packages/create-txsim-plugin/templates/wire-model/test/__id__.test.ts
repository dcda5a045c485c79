import { describeWireModel, make } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { __identifier__ } from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

describeWireModel(__identifier__);

test('a single cell is in series with its lines', async () => {
  const { methods } = make(__identifier__, { config: { row: 100, column: 200, source: 300, sink: 400 } });
  const [found] = await methods[0].effective(tf.tensor4d([1e-4], [1, 1, 1, 1]), 'forward').data();
  expect(found! / (1e-4 / 1.1)).toBeCloseTo(1, 6);
});
