import { dataset, type DatasetSplit } from '@txsim/core';
import { fillNormal, fillUniform, type RandomStream } from '@txsim/ops';
import { z } from 'zod';
import { GLYPHS } from './glyphs.js';

const SIDE = 8;

/** Digits of 8×8 pixels, drawn from the run's seed: for tests, and to try things out in seconds. */
export const digits = dataset({
  id: 'digits',
  description: 'Digits of 8×8 grey pixels, made from the seed: drawn glyphs of varying place, ink and noise.',
  config: z.strictObject({
    trainSize: z.int().min(1).default(2000).describe('number of training images'),
    testSize: z.int().min(1).default(500).describe('number of test images'),
    noise: z.number().min(0).max(2).default(0.2).describe('standard deviation of grey values; ink is 1'),
  }),
  create: ({ config: { trainSize, testSize, noise }, random }) => ({
    load: async () => ({
      inputShape: [SIDE, SIDE],
      classes: GLYPHS.length,
      train: drawn(trainSize, noise, random('train'), random('train', 'noise')),
      test: drawn(testSize, noise, random('test'), random('test', 'noise')),
    }),
  }),
});

/** Image i is made when it is asked for, from the numbers of i alone. */
function drawn(size: number, noise: number, places: RandomStream, grains: RandomStream): DatasetSplit {
  const place = new Float32Array(3);
  return {
    size,
    samples: (indices) => {
      const features = new Float32Array(indices.length * SIDE * SIDE);
      const labels = new Int32Array(indices.length);
      for (let i = 0; i < indices.length; i++) {
        const image = features.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
        fillNormal(grains, indices[i]!, 0, image);
        for (let p = 0; p < image.length; p++) image[p] = image[p]! * noise;
        fillUniform(places, indices[i]!, 0, place);
        const [x, y] = [Math.floor(4 * place[0]!), Math.floor(2 * place[1]!)];
        labels[i] = indices[i]! % GLYPHS.length;
        draw(GLYPHS[labels[i]!]!, image, x, y, 0.7 + 0.6 * place[2]!);
      }
      return { features, labels };
    },
  };
}

function draw(glyph: readonly string[], image: Float32Array, left: number, top: number, ink: number): void {
  glyph.forEach((line, y) =>
    [...line].forEach((pixel, x) => {
      if (pixel === '#') image[(top + y) * SIDE + left + x]! += ink;
    }),
  );
}
