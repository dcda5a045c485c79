import { fillNormal, fillUniform, randomStream } from '@txsim/ops';

/** Numbers of U(low, high), the same for the same name. */
export function uniforms(name: string, count: number, low = 0, high = 1): Float32Array {
  const out = new Float32Array(count);
  fillUniform(randomStream(1, 'test', name), 0, 0, out);
  return out.map((u) => low + (high - low) * u);
}

/** Numbers of N(0, 1), the same for the same name. */
export function normals(name: string, count: number): Float32Array {
  const out = new Float32Array(count);
  fillNormal(randomStream(1, 'test', name), 0, 0, out);
  return out;
}

/** The largest |a − b|, relative to the largest |b|. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers, expected ${b.length}`);
  let worst = 0;
  let scale = 0;
  for (let i = 0; i < b.length; i++) {
    worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
    scale = Math.max(scale, Math.abs(b[i]!));
  }
  return worst / (scale || 1);
}
