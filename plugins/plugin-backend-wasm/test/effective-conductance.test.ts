import {
  effectiveConductance,
  effectiveConductanceReference,
  lineSeverity,
  lineSeverityReference,
  rankFourConductance,
  rankFourConductanceReference,
  type LineResistances,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectClose, numbers, onBoth, runs } from './support.js';

beforeAll(activateWasm);

const TOLERANCE = 1e-5;

/** Conductances between 1 and 100 µS. */
const plane = (shape: number[], seed: number): tf.Tensor =>
  tf.tensor(numbers(tf.util.sizeFromShape(shape), seed, 1e-6, 1e-4), shape);

const edge = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 9, max: 40 }));
const ohms = fc.constantFrom(0, 0.35, 2, 10);
const lines: fc.Arbitrary<LineResistances> = fc.record({
  row: ohms,
  column: ohms,
  rowEnd: fc.constantFrom(0, 1, 150),
  columnEnd: fc.constantFrom(0, 1, 150),
});

type Form = (g: tf.Tensor, lines: LineResistances) => tf.Tensor;
const forms: [string, Form, Form][] = [
  ['effectiveConductance', effectiveConductance, effectiveConductanceReference],
  ['rankFourConductance', rankFourConductance, rankFourConductanceReference],
  ['lineSeverity', lineSeverity, lineSeverityReference],
];

describe.each(forms)('%s', (_, ours, reference) => {
  async function expectParity(g: () => tf.Tensor, resistances: LineResistances): Promise<void> {
    const found = await onBoth(() =>
      tf.getBackend() === 'wasm' ? ours(g(), resistances) : reference(g(), resistances),
    );
    expect(found.shapes[0]).toEqual(found.shapes[1]);
    expectClose(found.ours, found.reference, TOLERANCE);
  }

  test('equals the reference for arrays of any size', () =>
    fc.assert(
      fc.asyncProperty(edge, edge, fc.integer({ min: 1, max: 3 }), lines, (m, n, arrays, l) =>
        expectParity(() => plane([arrays, m, n], m * 100 + n), l),
      ),
      runs(80),
    ));

  test.each([
    [64, 64],
    [128, 128],
    [64, 30],
    [1, 200],
    [200, 1],
  ])('%i × %i arrays equal the reference', (m, n) =>
    expectParity(() => plane([2, 2, m, n], 5), { row: 2, column: 2, rowEnd: 102, columnEnd: 52 }),
  );

  test('unused lines at the far ends change nothing', async () => {
    const resistances = { row: 3, column: 1, rowEnd: 30, columnEnd: 10 };
    const found = await onBoth(() => {
      const g = plane([11, 13], 7);
      if (tf.getBackend() !== 'wasm') return reference(g, resistances);
      const padded = ours(tf.pad(g, [[5, 0], [0, 3]]), resistances); // prettier-ignore
      return padded.rank === 0 ? padded : padded.slice([5, 0], [11, 13]);
    });
    // A rank of four takes its coordinates over all lines of the array, used or not.
    expectClose(found.ours, found.reference, ours === rankFourConductance ? 1e-3 : TOLERANCE);
  });

  test('an array without conductance stays one', () =>
    expectParity(() => tf.zeros([2, 5, 6]), { row: 1, column: 1, rowEnd: 1, columnEnd: 1 }));

  test('lines without conductance conduct nothing', () =>
    expectParity(
      () => tf.mul(plane([9, 10], 3), tf.tensor(Array.from({ length: 90 }, (__, k) => +(k % 10 !== 4 && k >= 20)), [9, 10])), // prettier-ignore
      { row: 4, column: 2, rowEnd: 50, columnEnd: 50 },
    ));

  test('a single array may come without leading dimensions', () =>
    expectParity(() => plane([12, 20], 6), { row: 3, column: 1, rowEnd: 3, columnEnd: 1 }));
});
