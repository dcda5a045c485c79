import {
  add,
  input,
  multiply,
  normal,
  randomStream,
  readoutMatrices,
  readoutMatricesReference,
  subtract,
  withNoise,
  type Expression,
  type MatricesAttributes,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { numbers, onBoth, runs } from './support.js';

beforeAll(activateWasm);

const draw = { streams: (name: string) => randomStream(1, name), draw: 2 };
const lines = { row: 2, column: 1, rowEnd: 500, columnEnd: 100 };
const varied = (plane: string): Expression =>
  multiply(input(plane), add(input('factor'), multiply(normal(`conduct ${plane}`), 0.01)));
const readouts: Record<string, readonly Expression[]> = {
  difference: [subtract(input('plane0'), input('plane1'))],
  apart: [input('plane0'), input('plane1')],
  one: [input('plane1')],
};

const cases = fc.record({
  shape: fc.tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 21 }),
    fc.integer({ min: 1, max: 21 }),
  ),
  conduct: fc.constantFrom('none', 'first', 'both'),
  rank: fc.constantFrom<0 | 1 | 4>(0, 1, 4),
  readout: fc.constantFrom(...Object.keys(readouts)),
});

test('the matrices behind the converters equal the reference for planes of any shape', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ shape, conduct, rank, readout }) => {
      const attributes: MatricesAttributes = {
        shape,
        conduct: ['plane0', 'plane1'].map((plane, p) =>
          conduct === 'both' || (conduct === 'first' && p === 0) ? withNoise(varied(plane), draw) : undefined,
        ),
        readouts: readouts[readout]!,
        ...(rank !== 0 && { wires: { rank, lines } }),
      };
      const size = tf.util.sizeFromShape([...shape]);
      const { ours, reference, shapes } = await onBoth(() => {
        const plane = (seed: number): tf.Tensor => tf.tensor(numbers(size, seed, 1e-6, 1e-5), [...shape]);
        const inputs = {
          plane0: plane(1),
          plane1: plane(2),
          factor: tf.tensor(numbers(size, 3, 0.9, 1.1), [...shape]),
        };
        const made = (tf.getBackend() === 'wasm' ? readoutMatrices : readoutMatricesReference)(
          inputs,
          attributes,
        );
        return tf.stack(made);
      });
      expect(shapes[0]).toEqual(shapes[1]);
      ours.forEach((v, i) => expect(Math.abs(v - reference[i]!)).toBeLessThanOrEqual(1e-5 * 1e-5));
    }),
    runs(80),
  );
});
