import * as tf from '@tensorflow/tfjs';
import {
  tileOuter,
  tileOuterReference,
  tileProduct,
  tileProductReference,
  tileSum,
  tileSumReference,
  type Direction,
  type TileGrid,
} from '@txsim/ops';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose, inSoftware, numbers, onBoth, onWebgpu, random, runs } from './support.js';

const TOLERANCE = 1e-5;

const edge = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(16, 17, 33, 50, 70));
const grid: fc.Arbitrary<TileGrid> = fc
  .record({
    tileRows: fc.integer({ min: 1, max: 3 }),
    tileColumns: fc.integer({ min: 1, max: 3 }),
    rows: edge,
    columns: edge,
    cutRows: fc.nat(8),
    cutColumns: fc.nat(8),
  })
  .map(({ cutRows, cutColumns, ...g }) => ({
    ...g,
    inputs: g.tileRows * g.rows - Math.min(cutRows, g.rows - 1),
    outputs: g.tileColumns * g.columns - Math.min(cutColumns, g.columns - 1),
  }));
const batch = fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 20 }), fc.constantFrom(31, 40));
const direction = fc.constantFrom<Direction>('forward', 'backward');

async function product(g: TileGrid, b: number, d: Direction): Promise<void> {
  const lines = () => random([b, d === 'forward' ? g.inputs : g.outputs], 1) as tf.Tensor2D;
  const tiles = () => random([g.tileRows, g.tileColumns, g.rows, g.columns], 2) as tf.Tensor4D;
  const { ours, reference } = await onBoth(
    () => tileProduct(lines(), tiles(), g, d),
    () => tileProductReference(lines(), tiles(), { grid: g, direction: d }),
  );
  expectClose(ours, reference, TOLERANCE);
}

async function sum(g: TileGrid, b: number, d: Direction): Promise<void> {
  const shape = [g.tileRows, g.tileColumns, b, d === 'forward' ? g.columns : g.rows];
  const converted = () => random(shape, 3) as tf.Tensor4D;
  const { ours, reference } = await onBoth(
    () => tileSum(converted(), g, d),
    () => tileSumReference(converted(), { grid: g, direction: d }),
  );
  expectClose(ours, reference, TOLERANCE);
}

async function outer(g: TileGrid, b: number): Promise<void> {
  const x = () => random([b, g.inputs], 4) as tf.Tensor2D;
  const d = () => random([b, g.outputs], 5) as tf.Tensor2D;
  const { ours, reference } = await onBoth(
    () => tileOuter(x(), d(), g),
    () => tileOuterReference(x(), d(), g),
  );
  expectClose(ours, reference, TOLERANCE);
}

async function all(g: TileGrid, b: number): Promise<void> {
  for (const d of ['forward', 'backward'] as const) {
    await product(g, b, d);
    await sum(g, b, d);
  }
  await outer(g, b);
}

onWebgpu('tiles', () => {
  test('products equal the reference on any grid, in both directions', () =>
    fc.assert(fc.asyncProperty(grid, batch, direction, product), runs(40)));

  test('sums equal the reference on any grid, in both directions', () =>
    fc.assert(fc.asyncProperty(grid, batch, direction, sum), runs(40)));

  test('outer products equal the reference on any grid', () =>
    fc.assert(fc.asyncProperty(grid, batch, outer), runs(40)));

  test('64 × 64 tiles with a padded first row and last column', () =>
    all({ inputs: 150, outputs: 100, tileRows: 3, tileColumns: 2, rows: 64, columns: 64 }, 16));

  test('padding of more than a whole tile', () =>
    all({ inputs: 3, outputs: 2, tileRows: 3, tileColumns: 3, rows: 4, columns: 5 }, 3));

  test('more samples than a block', () =>
    all({ inputs: 40, outputs: 30, tileRows: 2, tileColumns: 1, rows: 21, columns: 32 }, 300));

  test.skipIf(inSoftware)('more tiles than a dimension of the dispatch takes', async () => {
    const tiles = 66_000;
    const g: TileGrid = { inputs: 1, outputs: tiles, tileRows: 1, tileColumns: tiles, rows: 1, columns: 1 };
    await tf.setBackend('webgpu');
    const values = numbers(tiles, 6);
    const out = tileProduct(tf.tensor2d([[2]]), tf.tensor4d(values, [1, tiles, 1, 1]), g, 'forward');
    expect(await out.data()).toEqual(values.map((x) => 2 * x));
  });

  test('no samples: empty products, updates of 0', async () => {
    const g: TileGrid = { inputs: 3, outputs: 2, tileRows: 1, tileColumns: 1, rows: 3, columns: 2 };
    await tf.setBackend('webgpu');
    const update = tileOuter(tf.zeros([0, 3]), tf.zeros([0, 2]), g);
    expect(Array.from(await update.data())).toEqual([0, 0, 0, 0, 0, 0]);
    expect(tileProduct(tf.zeros([0, 3]), tf.ones([1, 1, 3, 2]), g, 'forward').shape).toEqual([1, 1, 0, 2]);
  });
});
