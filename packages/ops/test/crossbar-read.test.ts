import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { add, crossbarRead, input, type ReadAttributes } from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

test('converters that differ: each current has its own, and the result alone is left behind', async () => {
  const attributes: ReadAttributes = {
    grid: { inputs: 2, outputs: 2, tileRows: 1, tileColumns: 1, rows: 2, columns: 2 },
    direction: 'forward',
    scale: 1,
    drive: { expression: input('lines'), keys: [] },
    readouts: [{ expression: add(input('current'), input('offset')), keys: [], significance: 1 }],
    unit: 1,
  };
  const lines = tf.tensor2d([[1, 2]]);
  const matrices = [tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2])];
  const converters = { offset: tf.tensor4d([10, 20], [1, 1, 1, 2]) };
  const fullScale = tf.scalar(1);
  const before = tf.memory().numTensors;
  const y = crossbarRead({ lines, fullScale, matrices, converters }, attributes);
  expect(tf.memory().numTensors).toBe(before + 1);
  expect(Array.from(await y.data())).toEqual([17, 30]);
});
