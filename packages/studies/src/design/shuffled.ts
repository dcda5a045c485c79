import { fillUniform, type RandomStream } from '@txsim/ops';

/** The whole numbers 0 … size − 1 in a random order: that of one uniform number each. */
export function shuffled(stream: RandomStream, draw: number, size: number): number[] {
  const keys = new Float32Array(size);
  fillUniform(stream, draw, 0, keys);
  return Array.from(keys, (_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b);
}
