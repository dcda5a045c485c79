const MODULUS = 2 ** 31 - 1;
/** How far back the two numbers lie that are added, and how many of the first sums are dropped. */
const [NEAR, FAR] = [3, 31] as const;
const DROPPED = 310;

/**
 * What `rand()` of the GNU C library gives after `srand(seed)`: r_i = r_{i−3} + r_{i−31} mod 2³², of which the lowest bit is
 * left out, from 31 numbers of the generator of Park and Miller.
 */
export function* glibcRandom(seed: number): Generator<number, never> {
  const r = new Uint32Array(FAR);
  r[0] = seed === 0 ? 1 : seed;
  for (let i = 1; i < FAR; i++) r[i] = (16807 * r[i - 1]!) % MODULUS;
  for (let i = 0; ; i++) {
    const at = (i + NEAR) % FAR;
    r[at] = r[at]! + r[(at + FAR - NEAR) % FAR]!;
    if (i >= DROPPED) yield r[at]! >>> 1;
  }
}
