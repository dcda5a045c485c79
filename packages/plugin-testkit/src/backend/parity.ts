import * as tf from '@tensorflow/tfjs';
import type fc from 'fast-check';
import { expect } from 'vitest';

/** A computation on the backend under test against one on tfjs' `cpu` backend. */
export interface Parity {
  /** Whether arithmetic is that of IEEE 754: each operation rounds once, subnormal numbers are kept. */
  readonly ieee: boolean;
  /** Settings of fast-check: the same cases in every run. */
  readonly cases: fc.Parameters<unknown>;
  /** Both results; their shapes are equal. */
  readonly both: (ours: () => tf.Tensor, reference: () => tf.Tensor) => Promise<Pair>;
  /** Differences are at most `tolerance` of the largest magnitude of the reference. */
  readonly close: (ours: () => tf.Tensor, reference: () => tf.Tensor, tolerance: number) => Promise<void>;
  /** Differences are at most `tolerance` of each element of the reference. */
  readonly relative: (ours: () => tf.Tensor, reference: () => tf.Tensor, tolerance: number) => Promise<void>;
  /** Two computations on the backend under test, equal to the bit. */
  readonly here: (one: () => tf.Tensor, other: () => tf.Tensor) => Promise<void>;
  /** The same computation on both, as by `close`. */
  readonly same: (compute: () => tf.Tensor, tolerance: number) => Promise<void>;
}

export interface Pair {
  readonly ours: Float32Array;
  readonly reference: Float32Array;
}

/** The smallest normal float32. */
const SMALLEST_NORMAL = 1.1754944e-38;
/** Two steps of subnormal numbers. */
const SUBNORMAL = 3e-45;

async function run(compute: () => tf.Tensor): Promise<{ values: Float32Array; shape: number[] }> {
  const result = tf.tidy(compute);
  const values = Float32Array.from(await result.data());
  const { shape } = result;
  result.dispose();
  return { values, shape };
}

const isSame = (a: number, b: number, error: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= error;

export function parityOf(activate: () => Promise<unknown>, ieee: boolean, numRuns: number): Parity {
  const both: Parity['both'] = async (ours, reference) => {
    await tf.setBackend('cpu');
    const expected = await run(reference);
    await activate();
    const found = await run(ours);
    expect(found.shape).toEqual(expected.shape);
    return { ours: found.values, reference: expected.values };
  };
  const close: Parity['close'] = async (compute, expected, tolerance) => {
    const { ours, reference } = await both(compute, expected);
    const largest = reference.reduce((m, x) => (Number.isFinite(x) ? Math.max(m, Math.abs(x)) : m), 0);
    const error = Math.max(tolerance * largest, ieee ? 0 : SMALLEST_NORMAL);
    ours.forEach((x, i) => {
      if (!isSame(x, reference[i]!, error))
        expect.fail(`element ${i}: ${x} instead of ${reference[i]}, largest magnitude ${largest}`);
    });
  };
  const relative: Parity['relative'] = async (compute, expected, tolerance) => {
    const { ours, reference } = await both(compute, expected);
    ours.forEach((x, i) => expectRelative(x, reference[i]!, tolerance, ieee, i));
  };
  const here: Parity['here'] = async (one, other) => {
    await activate();
    const [found, expected] = [await run(one), await run(other)];
    expect(found).toEqual(expected);
  };
  const same: Parity['same'] = (compute, tolerance) => close(compute, compute, tolerance);
  return { ieee, cases: { numRuns, seed: 20240607 }, both, close, relative, here, same };
}

function expectRelative(x: number, expected: number, tolerance: number, ieee: boolean, i: number): void {
  const flushed = !ieee && Math.abs(expected) < SMALLEST_NORMAL && Math.abs(x) < SMALLEST_NORMAL;
  if (!flushed && !isSame(x, expected, tolerance * Math.abs(expected) + (tolerance && SUBNORMAL)))
    expect.fail(`element ${i}: ${x} instead of ${expected}`);
}
