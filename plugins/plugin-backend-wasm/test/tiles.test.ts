import {
  tileOuterReference,
  tileProductReference,
  tileSumReference,
  type Direction,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { tileOuter, tileProduct, tileSum } from '@txsim/ops';
import { activateWasm } from '../src/index.js';
import { expectClose, numbers, onBoth, runs } from './support.js';

beforeAll(activateWasm);

const TOLERANCE = 1e-5;

const edge = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(16, 21, 32));
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
const batch = fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 20 }));
const direction = fc.constantFrom<Direction>('forward', 'backward');

const random = (shape: number[], seed: number): tf.Tensor =>
  tf.tensor(numbers(tf.util.sizeFromShape(shape), seed), shape);

/** The kernel against the reference, which runs where there is no kernel. */
async function expectParity(kernel: () => tf.Tensor, reference: () => tf.Tensor): Promise<void> {
  const { ours, reference: expected, shapes } = await onBoth(() => (tf.getBackend() === 'wasm' ? kernel() : reference())); // prettier-ignore
  expect(shapes[0]).toEqual(shapes[1]);
  expectClose(ours, expected, TOLERANCE);
}

function product(g: TileGrid, b: number, d: Direction): Promise<void> {
  const lines = (): tf.Tensor2D => random([b, d === 'forward' ? g.inputs : g.outputs], 1) as tf.Tensor2D;
  const tiles = (): tf.Tensor4D => random([g.tileRows, g.tileColumns, g.rows, g.columns], 2) as tf.Tensor4D;
  return expectParity(
    () => tileProduct(lines(), tiles(), g, d),
    () => tileProductReference(lines(), tiles(), { grid: g, direction: d }),
  );
}

function sum(g: TileGrid, b: number, d: Direction): Promise<void> {
  const length = d === 'forward' ? g.columns : g.rows;
  const converted = (): tf.Tensor4D => random([g.tileRows, g.tileColumns, b, length], 3) as tf.Tensor4D;
  return expectParity(
    () => tileSum(converted(), g, d),
    () => tileSumReference(converted(), { grid: g, direction: d }),
  );
}

function outer(g: TileGrid, b: number): Promise<void> {
  const x = (): tf.Tensor2D => random([b, g.inputs], 4) as tf.Tensor2D;
  const d = (): tf.Tensor2D => random([b, g.outputs], 5) as tf.Tensor2D;
  return expectParity(
    () => tileOuter(x(), d(), g),
    () => tileOuterReference(x(), d(), g),
  );
}

test('tile products equal the reference on any grid, in both directions', async () => {
  await fc.assert(fc.asyncProperty(grid, batch, direction, product), runs(80));
});

test('tile sums equal the reference on any grid, in both directions', async () => {
  await fc.assert(fc.asyncProperty(grid, batch, direction, sum), runs(60));
});

test('outer products equal the reference on any grid', async () => {
  await fc.assert(fc.asyncProperty(grid, batch, outer), runs(60));
});

describe('typical sizes', () => {
  const mlp: TileGrid = { inputs: 150, outputs: 100, tileRows: 3, tileColumns: 2, rows: 64, columns: 64 };

  test('64 × 64 tiles with a padded first row and last column', async () => {
    for (const d of ['forward', 'backward'] as const) {
      await product(mlp, 16, d);
      await sum(mlp, 16, d);
    }
    await outer(mlp, 16);
  });

  test('more samples than one pass takes', () => outer({ ...mlp, tileRows: 3 }, 300));

  test('padding of more than a whole tile', async () => {
    const g: TileGrid = { inputs: 3, outputs: 2, tileRows: 3, tileColumns: 3, rows: 4, columns: 5 };
    for (const d of ['forward', 'backward'] as const) {
      await product(g, 3, d);
      await sum(g, 3, d);
    }
    await outer(g, 3);
  });
});
