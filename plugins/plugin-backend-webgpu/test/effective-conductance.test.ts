import * as tf from '@tensorflow/tfjs';
import {
  effectiveConductance,
  effectiveConductanceReference,
  rankFourConductance,
  rankFourConductanceReference,
  type LineResistances,
} from '@txsim/ops';
import fc from 'fast-check';
import { test } from 'vitest';
import { expectClose, onBoth, onWebgpu, random, runs } from './support.js';

const TOLERANCE = 1e-5;

/** Conductances between 1 and 100 µS. */
const plane = (shape: number[], seed: number): tf.Tensor => random(shape, seed, 1e-6, 1e-4);

async function expectParity(g: () => tf.Tensor, lines: LineResistances): Promise<void> {
  const one = await onBoth(
    () => effectiveConductance(g(), lines),
    () => effectiveConductanceReference(g(), lines),
  );
  expectClose(one.ours, one.reference, TOLERANCE);
  const four = await onBoth(
    () => rankFourConductance(g(), lines),
    () => rankFourConductanceReference(g(), lines),
  );
  expectClose(four.ours, four.reference, TOLERANCE);
}

const edge = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 9, max: 40 }));
const ohms = fc.constantFrom(0, 0.35, 2, 10);
const lines: fc.Arbitrary<LineResistances> = fc.record({
  row: ohms,
  column: ohms,
  rowEnd: fc.constantFrom(0, 1, 150),
  columnEnd: fc.constantFrom(0, 1, 150),
});

onWebgpu('effective conductances', () => {
  test('equal the reference for arrays of any size', () =>
    fc.assert(
      fc.asyncProperty(edge, edge, fc.integer({ min: 1, max: 3 }), lines, (m, n, arrays, l) =>
        expectParity(() => plane([arrays, m, n], m * 100 + n), l),
      ),
      runs(60),
    ));

  test.each([
    [64, 64],
    [128, 128],
    [64, 30],
    [150, 3],
    [1, 200],
    [200, 1],
  ])('%i × %i arrays equal the reference', (m, n) =>
    expectParity(() => plane([2, 2, m, n], 5), { row: 2, column: 2, rowEnd: 102, columnEnd: 52 }),
  );

  test('an array without conductance stays one', () =>
    expectParity(() => tf.zeros([2, 5, 6]), { row: 1, column: 1, rowEnd: 1, columnEnd: 1 }));

  test('a single array may come without leading dimensions', () =>
    expectParity(() => plane([12, 20], 6), { row: 3, column: 1, rowEnd: 3, columnEnd: 1 }));
});
