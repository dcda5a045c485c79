/**
 * A Feistel network of five rounds: a counter and a key of four words become two random words, in place. Each round adds
 * to one word the other one times an odd constant, its upper bits folded onto the lower ones; both are exact in 32-bit
 * arithmetic, so that four counters go through one SIMD vector.
 *
 * The key must itself be random (`drawKey` makes it with Philox). Four rounds already pass what five are held to: the
 * statistical batteries and their results are in `docs/reference/random-numbers.md`.
 *
 * @param words [counter, –] becomes the two random words
 */
export function feistel(words: Uint32Array, key: readonly [number, number, number, number]): void {
  let left = (words[0]! + key[0]) | 0;
  let right = key[1] ^ fold(left, 0x9e3779b1, 15);
  left = (left + fold(right, 0x85ebca6b, 16)) ^ key[2];
  right = (right + fold(left, 0xc2b2ae35, 15)) ^ key[3];
  left += fold(right, 0x27d4eb2f, 16);
  right += fold(left, 0xac4c1b51, 15);
  words[0] = left;
  words[1] = right;
}

function fold(word: number, multiplier: number, shift: number): number {
  const product = Math.imul(word, multiplier);
  return product ^ (product >>> shift);
}
