import { effectiveConductance, lineSeverity, rankFourConductance, type LineResistances } from '@txsim/ops';
import { crossbarOf, solveLadder, solveLadder2, type WireNetwork } from '@txsim/circuit-models';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';

beforeAll(() => tf.setBackend('cpu'));

/** Rounding of float32, of the largest entry. */
const TOLERANCE = 2e-5;

const segment = fc.constantFrom(0, 0.3, 2, 20);
const terminal = fc.constantFrom(0, 30, 500);
const network: fc.Arbitrary<WireNetwork> = fc.record({
  row: segment,
  column: segment,
  source: terminal,
  sink: terminal,
});
const edge = fc.oneof(fc.constantFrom(1, 2), fc.integer({ min: 3, max: 24 }));
/** 1 to 100 µS with open cells among them. */
const cell = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -6, max: -4, noNaN: true }).map((e) => 10 ** e) },
  { weight: 1, arbitrary: fc.constant(0) },
);
const problem = fc
  .tuple(edge, edge)
  .chain(([M, N]) =>
    fc.tuple(
      fc.array(fc.array(cell, { minLength: N, maxLength: N }), { minLength: M, maxLength: M }),
      network,
    ),
  );

const linesOf = ({ row, column, source, sink }: WireNetwork): LineResistances => ({
  row,
  column,
  rowEnd: source + row,
  columnEnd: column + sink,
});

function expectClose(found: tf.Tensor, expected: Float64Array): void {
  const values = found.dataSync();
  const scale = Math.max(...expected);
  expected.forEach((g, k) => expect(Math.abs(values[k]! - g)).toBeLessThanOrEqual(TOLERANCE * scale));
}

const check = (property: (conductances: number[][], network: WireNetwork) => void) =>
  fc.assert(fc.property(problem, ([g, n]) => tf.tidy(() => property(g, n))), { numRuns: 150, seed: 4 }); // prettier-ignore

test('effectiveConductance is the float64 form of rank one', () =>
  check((g, n) =>
    expectClose(effectiveConductance(tf.tensor2d(g), linesOf(n)), solveLadder(crossbarOf(g, n)).effective),
  ));

test('rankFourConductance is the float64 form of rank four', () =>
  check((g, n) =>
    expectClose(rankFourConductance(tf.tensor2d(g), linesOf(n)), solveLadder2(crossbarOf(g, n)).effective),
  ));

test('lineSeverity is ρ_b', () =>
  check((g, n) => {
    const [found] = lineSeverity(tf.tensor2d(g), linesOf(n)).dataSync();
    expect(Math.abs(found! - solveLadder(crossbarOf(g, n)).severity)).toBeLessThanOrEqual(1e-6);
  }));
