import { exponentialMinusOne } from './exponential-minus-one.js';
import { exponential } from './exponential.js';
import { feistel } from './feistel.js';
import { logarithm } from './logarithm.js';
import { noise } from './noise.js';
import { philox } from './philox.js';
import { power } from './power.js';

/** The functions a program may call, and the texts that each needs. */
const NEEDS = {
  txLn: [logarithm],
  txExp: [exponential],
  txExpm1: [exponentialMinusOne],
  txPower: [logarithm, exponential, power],
  txPhilox: [philox],
  txFeistel: [feistel],
  txUniform: [logarithm, noise],
  txNormals: [logarithm, noise],
} as const;

/** The texts of the functions that `code` calls, each once. */
export function libraryFor(code: string): string {
  const names = Object.keys(NEEDS) as (keyof typeof NEEDS)[];
  const needed = names
    .filter((name) => code.includes(`${name}(`))
    .flatMap((name): readonly string[] => NEEDS[name]);
  return [...new Set(needed)].join('');
}
