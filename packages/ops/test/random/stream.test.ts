import { drawKey, feistel, philox, randomStream, randomWords, type Generator } from '@txsim/ops';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

fc.configureGlobal({ seed: 1 });

const GENERATORS = ['feistel', 'philox'] as const satisfies readonly Generator[];

describe('randomStream', () => {
  test('gives the same key for the same seed and path, in every release', () => {
    // Recorded from version 0.1.0: a change here changes the noise of every published run.
    expect(randomStream(1).key).toEqual([1, 0]);
    expect(randomStream(1, 'dense_1', 'write-noise/write-noise', 'write').key).toEqual([
      1618424005, 3637160145,
    ]);
    expect(randomStream(2 ** 40 + 7, 'größe').key).toEqual([3997379839, 2445692904]);
  });

  test('tells seeds and paths apart, wherever names are cut', () => {
    const paths = [
      [],
      [''],
      ['', ''],
      ['a'],
      ['b'],
      ['a', ''],
      ['', 'a'],
      ['ab', 'c'],
      ['a', 'bc'],
      ['abc'],
      ['c', 'ab'],
      ['twelve bytes'],
      ['twelve bytes', ''],
      ['twelve bytes!'],
      ['twelve bytes', '!'],
      ['\0'],
      ['\0\0'],
    ];
    const keys = [0, 1, 2 ** 32, 2 ** 32 + 1].flatMap((seed) =>
      paths.map((path) => randomStream(seed, ...path).key.join()),
    );
    expect(new Set(keys).size).toBe(4 * paths.length);
  });

  test('gives 10,000 names 10,000 keys', () => {
    const keys = Array.from({ length: 10_000 }, (_, i) => randomStream(1, `layer_${i}`).key.join());
    expect(new Set(keys).size).toBe(10_000);
  });
});

describe.each(GENERATORS)('randomWords of %s', (generator) => {
  const stream = { ...randomStream(1, 'stream'), generator };
  const words = (start: number, count: number, draw = 0, kind: 0 | 1 = 0): number[] => {
    const out = new Uint32Array(count);
    randomWords(stream, draw, kind, start, out);
    return [...out];
  };

  test('is independent of how a draw is cut into pieces', () => {
    const whole = words(0, 200);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 199 }), fc.integer({ min: 0, max: 60 }), (start, length) => {
        const count = Math.min(length, 200 - start);
        expect(words(start, count)).toEqual(whole.slice(start, start + count));
      }),
    );
  });

  test('takes element i from its lane and word of a block', () => {
    const [draw, kind] = [5 * 2 ** 32 + 3, 1] as const;
    const [key0, key1] = stream.key;
    words(0, 64, draw, kind).forEach((word, i) => {
      if (generator === 'philox') {
        const block = Uint32Array.of(4 * (i >> 4) + (i & 3), 3, kind, 5);
        philox(block, key0, key1);
        expect(word).toBe(block[(i >> 2) & 3]);
      } else {
        const block = Uint32Array.of(4 * (i >> 3) + (i & 3), 0);
        feistel(block, drawKey(stream, draw, kind).words);
        expect(word).toBe(block[(i >> 2) & 1]);
      }
    });
  });

  test('gives other words for every draw, kind and stream', () => {
    const draws = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, 2 ** 40];
    const firsts = draws.flatMap((draw) => [words(0, 4, draw, 0), words(0, 4, draw, 1)].map((w) => w.join()));
    expect(new Set(firsts).size).toBe(2 * draws.length);
    const other = new Uint32Array(4);
    randomWords({ ...randomStream(1, 'another'), generator }, 0, 0, 0, other);
    expect(firsts).not.toContain(other.join());
  });
});
