import { philox } from './philox.js';

/**
 * Where a random number comes from: a key (who draws: seed, layer, contribution, purpose) and a draw number (when:
 * the step). Within one draw every element has its own number, given by its index alone, so the result depends
 * neither on the order of calls nor on how work is cut into pieces.
 */
export interface RandomStream {
  readonly key: readonly [number, number];
  /** What makes the numbers; `feistel` where nothing is said. */
  readonly generator?: Generator;
}

/** `feistel` is the fast generator, `philox` the published one (Salmon et al. 2011) to check it against. */
export type Generator = 'feistel' | 'philox';

const encoder = new TextEncoder();

/** The stream of a seed and a path of names, e.g. `randomStream(1, 'dense_1', 'write-noise', 'write')`. */
export function randomStream(seed: number, ...path: string[]): RandomStream {
  const state = new Uint32Array(4);
  let key: [number, number] = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
  // Each name is absorbed in blocks of twelve bytes; its length in the last word keeps ('ab','c') apart from ('a','bc').
  for (const name of path) {
    const bytes = encoder.encode(name);
    for (let at = 0; at === 0 || at < bytes.length; at += 12) {
      for (let w = 0; w < 3; w++) {
        const i = at + 4 * w;
        state[w] =
          (bytes[i] ?? 0) |
          ((bytes[i + 1] ?? 0) << 8) |
          ((bytes[i + 2] ?? 0) << 16) |
          ((bytes[i + 3] ?? 0) << 24);
      }
      state[3] = bytes.length;
      philox(state, key[0], key[1]);
      key = [state[0]!, state[1]!];
    }
  }
  return { key };
}
