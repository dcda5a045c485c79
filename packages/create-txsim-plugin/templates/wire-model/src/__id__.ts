import { wireModel } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

const ohms = (fallback: number) => z.number().min(0).default(fallback);

/** Geff = G / (1 + G·R), R(i, j) = source + (j + 1)·row + (M − i)·column + sink: no cell feels the others. */
export const __identifier__ = wireModel({
  id: '__id__',
  description: 'Every cell in series with its own path through the wires. Source: ….',
  config: z.strictObject({
    row: ohms(2.5).describe('one segment of a word line, ohms'),
    column: ohms(2.5).describe('one segment of a bit line, ohms'),
    source: ohms(500).describe('in front of each word line, ohms'),
    sink: ohms(100).describe('behind each bit line, ohms'),
  }),
  create: ({ config: { row, column, source, sink } }) => ({
    reciprocal: true,
    methods: [
      {
        name: 'path',
        effective: (g) =>
          tf.tidy(() => {
            const [M, N] = [g.shape[2], g.shape[3]];
            const along = tf.mul(tf.range(1, N + 1), row);
            const down = tf.reshape(tf.mul(tf.range(M, 0, -1), column), [M, 1]);
            const path = tf.add(tf.add(along, down), source + sink);
            return tf.div(g, tf.add(1, tf.mul(g, path))) as tf.Tensor4D;
          }),
      },
    ],
  }),
});
