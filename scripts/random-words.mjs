/**
 * Words of the Feistel generator on standard output, for statistical batteries:
 * `node scripts/random-words.mjs ORDER [SEED] | RNG_test stdin32`, after a build.
 *
 *     draw       one draw, counter by counter; the next draw after 2³² counters
 *     left       the first word of each counter alone, right the second
 *     reversed   one draw, counters with their bits reversed
 *     draws      draws of 4096 counters one after the other, as the planes of a network are
 *     across     counter by counter the words of 65,536 draws
 */
import { once } from 'node:events';
import { drawKey, feistel } from '@txsim/ops';

const [order, seed = '1'] = process.argv.slice(2);
const CHUNK = 2 ** 16;
const out = new Uint32Array(CHUNK);
const words = new Uint32Array(2);
let filled = 0;

const keyOf = (draw) => drawKey({ key: [Number(seed), 7] }, draw, 1).words;

async function put(word) {
  out[filled++] = word;
  if (filled < CHUNK) return;
  filled = 0;
  if (!process.stdout.write(new Uint8Array(out.slice().buffer))) await once(process.stdout, 'drain');
}

function make(counter, key) {
  words[0] = counter;
  feistel(words, key);
}

const reversed = (x) => {
  let y = 0;
  for (let bit = 0; bit < 32; bit++) y |= ((x >>> bit) & 1) << (31 - bit);
  return y >>> 0;
};

async function oneDraw(visit) {
  for (let draw = Number(seed); ; draw++) {
    const key = keyOf(draw);
    for (let counter = 0; counter < 2 ** 32; counter++) {
      const pending = visit(counter, key);
      if (pending) await pending;
    }
  }
}

/** `put` only waits where the buffer is full: a promise for every word would take most of the time. */
const both = (counter, key) => {
  make(counter, key);
  const [left, right] = words;
  if (filled < CHUNK - 2) {
    out[filled++] = left;
    out[filled++] = right;
    return undefined;
  }
  return put(left).then(() => put(right));
};

const alone = (which) => (counter, key) => {
  make(counter, key);
  if (filled < CHUNK - 1) {
    out[filled++] = words[which];
    return undefined;
  }
  return put(words[which]);
};

const ORDERS = {
  draw: () => oneDraw(both),
  left: () => oneDraw(alone(0)),
  right: () => oneDraw(alone(1)),
  reversed: () => oneDraw((counter, key) => both(reversed(counter), key)),
  draws: async () => {
    for (let draw = 0; ; draw++) {
      const key = keyOf(draw);
      for (let counter = 0; counter < 4096; counter++) await both(counter, key);
    }
  },
  across: async () => {
    const DRAWS = 2 ** 16;
    for (let first = 0; ; first += DRAWS) {
      const keys = Array.from({ length: DRAWS }, (_, d) => keyOf(first + d));
      for (let counter = 0; counter < 4096; counter++) for (const key of keys) await both(counter, key);
    }
  },
};

process.stdout.on('error', () => process.exit(0));
if (!ORDERS[order]) {
  console.error(`expected one of ${Object.keys(ORDERS).join(', ')}, got ${order ?? 'nothing'}`);
  process.exit(2);
}
await ORDERS[order]();
