import { randomWords, type RandomStream } from '@txsim/ops';

/** A random order of 0 … size − 1 (Fisher and Yates), the same for the same stream and draw. */
export function permutation(stream: RandomStream, draw: number, size: number): Uint32Array {
  const words = new Uint32Array(size);
  randomWords(stream, draw, 0, 0, words);
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor((words[i]! / 2 ** 32) * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
