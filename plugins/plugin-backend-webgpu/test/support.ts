import * as tf from '@tensorflow/tfjs';
import type fc from 'fast-check';
import { beforeAll, describe, expect } from 'vitest';
import { activateWebgpu } from '../src/index.js';
import { probe } from '../src/gpu/probe.js';

// No advertisement on the console.
tf.env().set('IS_TEST', true);

const availability = await probe();

/** Why these tests cannot run here. */
export const missing = availability.available ? undefined : `${availability.reason}; ${availability.advice}`;

/** The adapter they run on. */
export const adapter = availability.available ? availability.detail : '';

/** Whether that adapter is software, where a large grid takes minutes. */
export const inSoftware = availability.available && availability.fallback === true;

/** Tests that need an adapter, with our backend started. Without one they are skipped; one in software needs time. */
export const onWebgpu = (name: string, tests: () => void): void =>
  void describe.skipIf(missing !== undefined)(name, { timeout: 300_000 }, () => {
    beforeAll(activateWebgpu);
    tests();
  });

/** fast-check settings: few runs, always the same ones. */
export const runs = (numRuns: number): fc.Parameters<unknown> => ({ numRuns, seed: 20240607 });

/** Reproducible numbers in [low, high). */
export function numbers(count: number, seed: number, low = -1, high = 1): Float32Array {
  let state = (seed * 2654435761) >>> 0 || 1;
  return Float32Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return low + ((high - low) * (state >>> 0)) / 2 ** 32;
  });
}

interface Result {
  readonly values: Float32Array;
  readonly shape: number[];
}

async function on(backend: string, compute: () => tf.Tensor): Promise<Result> {
  await tf.setBackend(backend);
  const result = tf.tidy(compute);
  const values = Float32Array.from(await result.data());
  const { shape } = result;
  result.dispose();
  return { values, shape };
}

/** Our kernel's result, and that of the reference on tfjs' cpu backend; their shapes are equal. */
export async function onBoth(kernel: () => tf.Tensor, reference: () => tf.Tensor) {
  const expected = await on('cpu', reference);
  const ours = await on('webgpu', kernel);
  expect(ours.shape).toEqual(expected.shape);
  return { ours: ours.values, reference: expected.values };
}

/** The smallest normal float32; drivers may flush what is smaller. */
const SMALLEST = 1.1754944e-38;

const isSame = (a: number, b: number, error: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= error;

/** |a − b| ≤ tolerance · the largest magnitude of b, everywhere; NaN and infinities must agree. */
export function expectClose(a: Float32Array, b: Float32Array, tolerance: number): void {
  const scale = b.reduce((s, x) => (Number.isFinite(x) ? Math.max(s, Math.abs(x)) : s), 0);
  a.forEach((x, i) => {
    if (!isSame(x, b[i]!, Math.max(tolerance * scale, SMALLEST)))
      expect.fail(`element ${i}: ${x} instead of ${b[i]}, largest magnitude ${scale}`);
  });
}

/** |a − b| ≤ tolerance · |b| for each element on its own, except among subnormal numbers. */
export function expectRelative(a: Float32Array, b: Float32Array, tolerance: number): void {
  a.forEach((x, i) => {
    const flushed = Math.abs(b[i]!) < SMALLEST && Math.abs(x) < SMALLEST;
    if (!flushed && !isSame(x, b[i]!, tolerance * Math.abs(b[i]!)))
      expect.fail(`element ${i}: ${x} instead of ${b[i]}`);
  });
}

export const largestError = (a: Float32Array, b: Float32Array): number =>
  a.reduce((e, x, i) => Math.max(e, Math.abs(x - b[i]!)), 0);
