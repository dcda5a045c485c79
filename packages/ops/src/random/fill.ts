import { randomWords, type RandomStream } from './stream.js';

/** Elements `start … start + out.length − 1` of a draw of U(0, 1): ((word >> 9) + ½) · 2⁻²³, exact in float32. */
export function fillUniform(stream: RandomStream, draw: number, start: number, out: Float32Array): void {
  const words = new Uint32Array(out.length);
  randomWords(stream, draw, 0, start, words);
  for (let i = 0; i < out.length; i++) out[i] = ((words[i]! >>> 9) + 0.5) * 2 ** -23;
}

/**
 * Elements `start … start + out.length − 1` of a draw of N(0, 1), by Box and Muller: the words of elements i (with
 * bit 2 clear) and i + 4 give radius √(−2 ln u), u = ((word₀ >> 8) + 1) · 2⁻²⁴, and angle 2π · word₁ · 2⁻³²; element i
 * is the cosine and element i + 4 the sine. The largest value is √(−2 ln 2⁻²⁴) = 5.77.
 */
export function fillNormal(stream: RandomStream, draw: number, start: number, out: Float32Array): void {
  const first = start & ~7;
  const last = (start + out.length + 7) & ~7;
  const words = new Uint32Array(last - first);
  randomWords(stream, draw, 1, first, words);
  for (let i = 0; i < out.length; i++) {
    const at = start + i - first;
    const pair = at & ~4;
    const radius = Math.sqrt(-2 * Math.log(((words[pair]! >>> 8) + 1) * 2 ** -24));
    const angle = 2 * Math.PI * words[pair + 4]! * 2 ** -32;
    out[i] = radius * (at & 4 ? Math.sin(angle) : Math.cos(angle));
  }
}
