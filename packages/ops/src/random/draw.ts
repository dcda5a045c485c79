import { feistel } from './feistel.js';
import { philox } from './philox.js';
import type { Generator, RandomStream } from './stream.js';

/** 0 for U(0, 1), 1 for N(0, 1): different numbers, also of one stream. */
export type NoiseKind = 0 | 1;

/** All that a backend needs for the numbers of one draw: a generator and the four words of its key. */
export interface DrawKey {
  readonly generator: Generator;
  readonly kind: NoiseKind;
  readonly words: readonly [number, number, number, number];
}

/**
 * The key of a draw. Philox takes stream and draw as they are; Feistel gets four words that Philox makes of them, so that
 * the keys of neighbouring draws have nothing in common.
 */
export function drawKey(
  { key, generator = 'feistel' }: RandomStream,
  draw: number,
  kind: NoiseKind,
): DrawKey {
  const [low, high] = [draw >>> 0, Math.floor(draw / 2 ** 32)];
  if (generator === 'philox') return { generator, kind, words: [key[0], key[1], low, high] };
  const words = Uint32Array.of(0, low, kind, high);
  philox(words, key[0], key[1]);
  return { generator, kind, words: [words[0]!, words[1]!, words[2]!, words[3]!] };
}

/**
 * The words of elements `start … start + out.length − 1` of a draw, bit for bit the same on every backend. Four
 * consecutive elements sit in four lanes of one SIMD vector:
 *
 *     feistel   element i takes word (i >> 2) & 1 of counter 4·(i >> 3) + (i & 3)
 *     philox    element i takes word (i >> 2) & 3 of counter [4·(i >> 4) + (i & 3), draw mod 2³², kind, draw div 2³²]
 */
export function randomWords(
  stream: RandomStream,
  draw: number,
  kind: NoiseKind,
  start: number,
  out: Uint32Array,
): void {
  wordsOf(drawKey(stream, draw, kind), start, out);
}

/** `randomWords` of a draw whose key is known. */
export function wordsOf(key: DrawKey, start: number, out: Uint32Array): void {
  const perCounter = key.generator === 'philox' ? 4 : 2;
  const group = 4 * perCounter;
  const words = new Uint32Array(4);
  const end = start + out.length;
  for (let g = Math.floor(start / group); g * group < end; g++) {
    for (let lane = 0; lane < 4; lane++) {
      block(key, 4 * g + lane, words);
      for (let w = 0; w < perCounter; w++) {
        const i = g * group + 4 * w + lane;
        if (i >= start && i < end) out[i - start] = words[w]!;
      }
    }
  }
}

function block({ generator, kind, words: [a, b, c, d] }: DrawKey, counter: number, out: Uint32Array): void {
  out[0] = counter;
  if (generator === 'feistel') return feistel(out, [a, b, c, d]);
  out[1] = c;
  out[2] = kind;
  out[3] = d;
  philox(out, a, b);
}
