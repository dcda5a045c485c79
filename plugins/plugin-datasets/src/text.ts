import { dataset, type DatasetSplit } from '@txsim/core';
import { z } from 'zod';
import { invalid, read } from './invalid.js';

/** Characters of a text, to be told from those before. */
export const text = dataset({
  id: 'text',
  description:
    'A text file: a sample is a run of characters, as numbers, and its class the one that follows.',
  config: z.strictObject({
    file: z.string().default('text.txt').describe('the file, UTF-8'),
    steps: z.int().min(1).default(40).describe('characters of a sample'),
    stride: z.int().min(1).default(3).describe('characters between the beginnings of two training samples'),
    testShare: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.1)
      .describe('fraction of the text, its end, that is tested on'),
  }),
  create: ({ config: { file, steps, stride, testShare }, readFile }) => ({
    load: async () => {
      const bytes = await read(readFile, file, 'Paths are relative to the stack file.');
      const characters = [...new TextDecoder().decode(bytes)];
      const alphabet = new Map([...new Set(characters)].sort().map((c, i) => [c, i]));
      const codes = Int32Array.from(characters, (c) => alphabet.get(c)!);
      const border = Math.floor(codes.length * (1 - testShare));
      if (alphabet.size < 2 || border <= steps || codes.length - border <= steps) {
        invalid(file, `${codes.length} characters, ${alphabet.size} different ones, are too few for samples of ${steps}`); // prettier-ignore
      }
      return {
        inputShape: [steps],
        classes: alphabet.size,
        train: runs(codes.subarray(0, border), steps, stride),
        test: runs(codes.subarray(border), steps, 1),
      };
    },
  }),
});

function runs(codes: Int32Array, steps: number, stride: number): DatasetSplit {
  return {
    size: Math.floor((codes.length - steps - 1) / stride) + 1,
    samples: (indices) => {
      const features = new Float32Array(indices.length * steps);
      const labels = new Int32Array(indices.length);
      for (let i = 0; i < indices.length; i++) {
        const start = indices[i]! * stride;
        for (let t = 0; t < steps; t++) features[i * steps + t] = codes[start + t]!;
        labels[i] = codes[start + steps]!;
      }
      return { features, labels };
    },
  };
}
