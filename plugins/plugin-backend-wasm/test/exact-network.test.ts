import {
  exactConductance,
  exactConductanceGradient,
  exactConductanceGradientReference,
  exactConductanceReference,
  exactCurrents,
  exactCurrentsReference,
  lineProfiles,
  type LineResistances,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectClose, numbers, onBoth, runs } from './support.js';

beforeAll(activateWasm);

/** Of the largest current or entry: rounding of float32, and what a tolerance of 1e-4 leaves at most there. */
const TOLERANCE = 1e-4;

/** Conductances between 1 and 100 µS. */
const plane = (shape: number[], seed: number): tf.Tensor =>
  tf.tensor(numbers(tf.util.sizeFromShape(shape), seed, 1e-6, 1e-4), shape);
const volts = (shape: number[], seed: number): tf.Tensor =>
  tf.tensor(numbers(tf.util.sizeFromShape(shape), seed, 0, 1), shape);

const edge = fc.integer({ min: 1, max: 13 });
const lines: fc.Arbitrary<LineResistances> = fc.record({
  row: fc.constantFrom(0, 0.35, 2, 10),
  column: fc.constantFrom(0, 0.35, 2, 10),
  rowEnd: fc.constantFrom(0, 1, 150),
  columnEnd: fc.constantFrom(0, 1, 150),
});

async function expectParity(compute: (ours: boolean) => tf.Tensor): Promise<void> {
  const found = await onBoth(() => compute(tf.getBackend() === 'wasm'));
  expect(found.shapes[0]).toEqual(found.shapes[1]);
  expectClose(found.ours, found.reference, TOLERANCE);
}

describe('exactConductance', () => {
  const conductance = (g: () => tf.Tensor, l: LineResistances): Promise<void> =>
    expectParity((ours) => (ours ? exactConductance(g(), l) : exactConductanceReference(g(), l)));

  test('equals the reference for arrays of any size', () =>
    fc.assert(
      fc.asyncProperty(edge, edge, fc.integer({ min: 1, max: 3 }), lines, (m, n, arrays, l) =>
        conductance(() => plane([arrays, m, n], m * 100 + n), l),
      ),
      runs(25),
    ));

  test.each([
    [1, 40],
    [40, 1],
    [30, 9],
  ])('%i × %i arrays equal the reference', (m, n) =>
    conductance(() => plane([1, 2, m, n], 5), { row: 2, column: 2, rowEnd: 102, columnEnd: 52 }),
  );

  test('where most of the current is lost it equals the reference', () =>
    conductance(() => tf.mul(plane([16, 16], 8), 20), { row: 5, column: 8, rowEnd: 300, columnEnd: 100 }));

  test('an array without conductance stays one', () =>
    conductance(() => tf.zeros([2, 5, 6]), { row: 1, column: 1, rowEnd: 1, columnEnd: 1 }));

  test('lines without conductance conduct nothing', async () => {
    const open = tf.tensor(
      Array.from({ length: 90 }, (_, k) => +(k % 10 !== 4 && k >= 20)),
      [9, 10],
    );
    const found = exactConductance(tf.mul(plane([9, 10], 3), open), { row: 4, column: 2, rowEnd: 50, columnEnd: 50 }); // prettier-ignore
    const kept = await open.data();
    (await found.data()).forEach((g, k) => kept[k] === 0 && expect(Math.abs(g)).toBe(0));
  });
});

describe('exactConductanceGradient', () => {
  test('where most of the current is lost it equals the reference', () =>
    expectParity((ours) => {
      const l = { row: 5, column: 8, rowEnd: 300, columnEnd: 100 };
      const [p, g] = [tf.sub(volts([16, 20], 3), 0.5), tf.mul(plane([16, 20], 8), 20)];
      return ours ? exactConductanceGradient(p, g, l) : exactConductanceGradientReference(p, g, l);
    }));
});

describe('exactCurrents', () => {
  test('equals the reference for arrays and batches of any size', () =>
    fc.assert(
      fc.asyncProperty(edge, edge, fc.integer({ min: 1, max: 19 }), lines, (m, n, batch, l) =>
        expectParity((ours) => {
          const [v, g] = [volts([2, batch, m], batch), plane([2, m, n], m * 100 + n)];
          return ours ? exactCurrents(v, g, l) : exactCurrentsReference(v, g, l);
        }),
      ),
      runs(25),
    ));

  test('voltages of both signs, one vector of zeros among them', () =>
    expectParity((ours) => {
      const v = tf.concat([tf.sub(volts([1, 3, 20], 4), 0.5), tf.zeros([1, 1, 20])], 1);
      const l = { row: 3, column: 1, rowEnd: 30, columnEnd: 10 };
      return ours
        ? exactCurrents(v, plane([1, 20, 15], 9), l)
        : exactCurrentsReference(v, plane([1, 20, 15], 9), l);
    }));

  test('a vector does not feel the others of its block', async () => {
    const [v, g] = [volts([1, 11, 30], 2), plane([1, 30, 20], 6)];
    const l = { row: 3, column: 1, rowEnd: 30, columnEnd: 10 };
    const together = await exactCurrents(v, g, l, 1e-5).data();
    const alone = await exactCurrents(v.slice([0, 9, 0], [1, 1, 30]), g, l, 1e-5).data();
    expectClose(alone, together.slice(180, 200), 1e-5);
  });

  test.each([0.1, 1e-2, 1e-3])(
    'no current is further from the network than the tolerance %d says',
    async (tolerance) => {
      const l = { row: 5, column: 8, rowEnd: 300, columnEnd: 100 };
      const [v, g] = [() => volts([1, 4, 16], 3), () => tf.mul(plane([1, 16, 16], 8), 20)];
      const { ours, reference } = await onBoth(() =>
        tf.getBackend() === 'wasm'
          ? exactCurrents(v(), g(), l, tolerance)
          : exactCurrentsReference(v(), g(), l),
      );
      const uniform = await lineProfiles(g() as tf.Tensor3D, l).columnCurrent.data();
      const means = await tf.mean(v(), 2).data();
      let worst = 0;
      ours.forEach((current, k) => {
        const limit = uniform[k % 16]! * means[Math.floor(k / 16)]!;
        worst = Math.max(worst, Math.abs(current - reference[k]!) / limit);
      });
      expect(worst).toBeLessThanOrEqual(tolerance);
      // A looser tolerance is used to stop earlier.
      if (tolerance === 0.1) expect(worst).toBeGreaterThan(1e-5);
    },
  );
});
