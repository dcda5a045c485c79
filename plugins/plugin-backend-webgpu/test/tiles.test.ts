import * as tf from '@tensorflow/tfjs';
import { tileProduct, type TileGrid } from '@txsim/ops';
import { expect, test } from 'vitest';
import { inSoftware, numbers, onWebgpu } from './support.js';

onWebgpu('tiles', () => {
  test.skipIf(inSoftware)('more tiles than a dimension of the dispatch takes', async () => {
    const tiles = 66_000;
    const g: TileGrid = { inputs: 1, outputs: tiles, tileRows: 1, tileColumns: tiles, rows: 1, columns: 1 };
    await tf.setBackend('webgpu');
    const values = numbers(tiles, 6);
    const out = tileProduct(tf.tensor2d([[2]]), tf.tensor4d(values, [1, tiles, 1, 1]), g, 'forward');
    expect(await out.data()).toEqual(values.map((x) => 2 * x));
  });
});
