import * as tf from '@tensorflow/tfjs';
import type fc from 'fast-check';
import { expect } from 'vitest';

// No advertisement on the console.
tf.env().set('IS_TEST', true);

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

/** The same computation on tfjs' cpu backend and on ours, from the same arrays. */
export async function onBoth(
  compute: () => tf.Tensor,
): Promise<{ ours: Float32Array; reference: Float32Array; shapes: [number[], number[]] }> {
  const on = async (backend: string): Promise<{ values: Float32Array; shape: number[] }> => {
    await tf.setBackend(backend);
    const result = tf.tidy(compute);
    const values = Float32Array.from(result.dataSync());
    const { shape } = result;
    result.dispose();
    return { values, shape };
  };
  const cpu = await on('cpu');
  const wasm = await on('wasm');
  return { ours: wasm.values, reference: cpu.values, shapes: [wasm.shape, cpu.shape] };
}

/** |a − b| ≤ tolerance · the largest magnitude of b, everywhere; NaN and infinities must agree. */
export function expectClose(a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number): void {
  expect(a.length).toBe(b.length);
  let scale = 0;
  for (let i = 0; i < b.length; i++) if (Number.isFinite(b[i]!)) scale = Math.max(scale, Math.abs(b[i]!));
  for (let i = 0; i < b.length; i++) {
    const same = Object.is(a[i], b[i]) || a[i] === b[i] || Math.abs(a[i]! - b[i]!) <= tolerance * scale;
    if (!same) expect.fail(`element ${i}: ${a[i]} instead of ${b[i]}, largest magnitude ${scale}`);
  }
}

/** |a − b| ≤ tolerance · |b| for each element on its own; two steps of denormal numbers are allowed. */
export function expectRelative(a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number): void {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < b.length; i++) {
    const same = Object.is(a[i], b[i]) || a[i] === b[i] || Math.abs(a[i]! - b[i]!) <= tolerance * Math.abs(b[i]!) + 3e-45; // prettier-ignore
    if (!same) expect.fail(`element ${i}: ${a[i]} instead of ${b[i]}`);
  }
}
