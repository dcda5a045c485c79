import {
  effectiveConductance,
  effectiveConductanceReference,
  exactConductanceGradient,
  exactConductanceGradientReference,
  exactCurrents,
  exactCurrentsReference,
  lineSeverity,
  lineSeverityReference,
  rankFourConductance,
  rankFourConductanceReference,
  type LineResistances,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { Promised } from '../support/promises.js';
import type { Parity } from './parity.js';
import { uniforms } from './tensors.js';

const TOLERANCE = 1e-5;
/** What the default stopping bound of `exactCurrents` may leave. */
const NETWORK = 1e-4;

type Form = (g: tf.Tensor, lines: LineResistances) => tf.Tensor;
const FORMS: Readonly<Record<string, readonly [Form, Form]>> = {
  effectiveConductance: [effectiveConductance, effectiveConductanceReference],
  rankFourConductance: [rankFourConductance, rankFourConductanceReference],
  lineSeverity: [lineSeverity, lineSeverityReference],
};

/** Conductances between 1 and 100 µS. */
const plane = (shape: readonly number[], seed: number): tf.Tensor => uniforms(shape, seed, 1e-6, 1e-4);

const edge = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 9, max: 40 }));
const ohms = fc.constantFrom(0, 0.35, 2, 10);
const ends = fc.constantFrom(0, 1, 150);
const resistances: fc.Arbitrary<LineResistances> = fc.record({ row: ohms, column: ohms, rowEnd: ends, columnEnd: ends }); // prettier-ignore

/** What holds of the closed forms of wires, and of their exact solution. */
export function promiseWires(promised: Promised, { close, cases }: Parity): void {
  for (const [name, [form, reference]] of Object.entries(FORMS)) {
    const same = (g: () => tf.Tensor, lines: LineResistances): Promise<void> =>
      close(
        () => form(g(), lines),
        () => reference(g(), lines),
        TOLERANCE,
      );
    promised(`${name} of arrays of any size`, () =>
      fc.assert(
        fc.asyncProperty(edge, edge, fc.integer({ min: 1, max: 3 }), resistances, (m, n, arrays, lines) =>
          same(() => plane([arrays, m, n], m * 100 + n), lines),
        ),
        cases,
      ),
    );
    const line = { row: 2, column: 2, rowEnd: 102, columnEnd: 52 };
    for (const [m, n] of [
      [64, 64],
      [128, 128],
      [64, 30],
      [150, 3],
      [1, 200],
      [200, 1],
    ] as const)
      // prettier-ignore
      promised(`${name} of ${m} × ${n} arrays`, () => same(() => plane([2, 2, m, n], 5), line));
    promised(`${name} of an array without conductance`, () => same(() => tf.zeros([2, 5, 6]), line));
    promised(`${name} of an array in which some lines conduct nothing`, () => {
      const open = Array.from({ length: 90 }, (_, k) => +(k % 10 !== 4 && k >= 20));
      return same(() => tf.mul(plane([9, 10], 3), tf.tensor(open, [9, 10])), { row: 4, column: 2, rowEnd: 50, columnEnd: 50 }); // prettier-ignore
    });
    promised(`${name} of one array without leading dimensions`, () =>
      same(() => plane([12, 20], 6), { row: 3, column: 1, rowEnd: 3, columnEnd: 1 }),
    );
  }
  const exact = (rows: number, columns: number, vectors: number, lines: LineResistances): Promise<void> => {
    const g = () => plane([2, rows, columns], rows * 100 + columns);
    const volts = () => uniforms([2, vectors, rows], 7, 0, 0.5);
    return close(() => exactCurrents(volts(), g(), lines), () => exactCurrentsReference(volts(), g(), lines), NETWORK); // prettier-ignore
  };
  // The references sweep line by line through operations of tfjs: seconds for an array of 40 lines.
  const few = fc.integer({ min: 1, max: 20 });
  promised('exactCurrents of arrays of any size', () =>
    fc.assert(fc.asyncProperty(few, few, fc.integer({ min: 1, max: 9 }), resistances, exact), cases),
  );
  const small = fc.integer({ min: 1, max: 12 });
  promised('exactConductanceGradient of arrays of any size', () =>
    fc.assert(
      fc.asyncProperty(small, small, resistances, (rows, columns, lines) => {
        const g = () => plane([2, rows, columns], rows * 100 + columns);
        const upstream = () => uniforms([2, rows, columns], 8, -0.5, 0.5);
        return close(
          () => exactConductanceGradient(upstream(), g(), lines),
          () => exactConductanceGradientReference(upstream(), g(), lines),
          NETWORK,
        );
      }),
      cases,
    ),
  );
}
