import { drawKey, wordsOf, type DrawKey } from './draw.js';
import type { RandomStream } from './stream.js';

/** Elements `start … start + out.length − 1` of a draw of U(0, 1): ((word >> 9) + ½) · 2⁻²³, exact in float32. */
export function fillUniform(stream: RandomStream, draw: number, start: number, out: Float32Array): void {
  fillDraw(drawKey(stream, draw, 0), start, out);
}

/**
 * Elements `start … start + out.length − 1` of a draw of N(0, 1), by Box and Muller: the words of elements i (with
 * bit 2 clear) and i + 4 give the radius √(−2 ln u), u = ((word₀ >> 8) + 1) · 2⁻²⁴, and the angle
 * φ = π · int32(word₁ << 1) · 2⁻³² in [−π/2, π/2); element i is the cosine, negative where bit 31 of word₁ is set, and
 * element i + 4 the sine. The largest value is √(−2 ln 2⁻²⁴) = 5.77.
 */
export function fillNormal(stream: RandomStream, draw: number, start: number, out: Float32Array): void {
  fillDraw(drawKey(stream, draw, 1), start, out);
}

/** `fillUniform` or `fillNormal` of a draw whose key is known. */
export function fillDraw(key: DrawKey, start: number, out: Float32Array): void {
  const first = start - (start % 8);
  const words = new Uint32Array(8 * Math.ceil((start + out.length - first) / 8));
  wordsOf(key, first, words);
  const value = key.kind === 1 ? normalOf : uniformOf;
  for (let i = 0; i < out.length; i++) out[i] = value(words, start + i - first);
}

const uniformOf = (words: Uint32Array, i: number): number => ((words[i]! >>> 9) + 0.5) * 2 ** -23;

function normalOf(words: Uint32Array, i: number): number {
  const pair = i & ~4;
  const turn = words[pair + 4]!;
  const radius = Math.sqrt(-2 * Math.log(((words[pair]! >>> 8) + 1) * 2 ** -24));
  const angle = Math.PI * (turn << 1) * 2 ** -32;
  if (i & 4) return radius * Math.sin(angle);
  return radius * Math.cos(angle) * (turn >>> 31 ? -1 : 1);
}
