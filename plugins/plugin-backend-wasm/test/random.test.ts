import { fillNormal, fillUniform, randomStream, type Generator, type RandomStream } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { activateWasm, fillRandom } from '../src/index.js';
import { runs } from './support.js';

beforeAll(activateWasm);

const generator = fc.constantFrom<Generator>('feistel', 'philox');

const place = fc.record({
  generator,
  seed: fc.nat(),
  draw: fc.oneof(fc.nat(1000), fc.constant(2 ** 32 + 5)),
  start: fc.nat(5000),
  count: fc.integer({ min: 1, max: 3000 }),
});

interface Place {
  readonly generator: Generator;
  readonly seed: number;
  readonly draw: number;
  readonly start: number;
  readonly count: number;
}

const streamOf = ({ seed, generator }: Place): RandomStream => ({ ...randomStream(seed, 'test'), generator });

const ours = (kind: 'uniform' | 'normal', p: Place): Float32Array =>
  Float32Array.from(tf.tidy(() => fillRandom(kind, streamOf(p), p.draw, p.start, p.count).dataSync()));

test('uniform numbers equal those of the plain generator bit for bit, wherever they start', () => {
  fc.assert(
    fc.property(place, (p) => {
      const expected = new Float32Array(p.count);
      fillUniform(streamOf(p), p.draw, p.start, expected);
      expect(ours('uniform', p)).toEqual(expected);
    }),
    runs(60),
  );
});

test('normal numbers are within 2e-6 of those of the plain generator, wherever they start', () => {
  fc.assert(
    fc.property(place, (p) => {
      const expected = new Float32Array(p.count);
      fillNormal(streamOf(p), p.draw, p.start, expected);
      const error = ours('normal', p).reduce((e, x, i) => Math.max(e, Math.abs(x - expected[i]!)), 0);
      expect(error).toBeLessThanOrEqual(2e-6);
    }),
    runs(60),
  );
});

test.each(['feistel', 'philox'] as const)(
  '200,000 normal numbers of %s in one call are within 2e-6 of those of the plain generator',
  (generator) => {
    const p = { generator, seed: 7, draw: 3, start: 0, count: 200_000 };
    const expected = new Float32Array(p.count);
    fillNormal(streamOf(p), p.draw, 0, expected);
    const error = ours('normal', p).reduce((e, x, i) => Math.max(e, Math.abs(x - expected[i]!)), 0);
    expect(error).toBeLessThanOrEqual(2e-6);
  },
);
