import { dataset, type DatasetSplit } from '@txsim/core';
import { fillNormal, type RandomStream } from '@txsim/ops';
import { z } from 'zod';

/** Sample i of class k = i mod classes: (cos φ, sin φ) + spread·(ξ₁, ξ₂), φ = 2πk/classes. */
export const __identifier__ = dataset({
  id: '__id__',
  description: 'Points about centres on a circle, two numbers each; the class is the centre.',
  config: z.strictObject({
    classes: z.int().min(2).default(3).describe('number of classes'),
    spread: z.number().min(0).default(0.3).describe('standard deviation about a centre, radii of the circle'),
    trainSize: z.int().min(1).default(3000).describe('training samples'),
    testSize: z.int().min(1).default(600).describe('test samples'),
  }),
  create: ({ config: { classes, spread, trainSize, testSize }, random }) => {
    const split = (size: number, stream: RandomStream): DatasetSplit => ({
      size,
      samples: (indices) => {
        const features = new Float32Array(2 * indices.length);
        const labels = new Int32Array(indices.length);
        for (let i = 0; i < indices.length; i++) {
          const [index, point] = [indices[i]!, features.subarray(2 * i, 2 * i + 2)];
          labels[i] = index % classes;
          fillNormal(stream, index, 0, point);
          const angle = (2 * Math.PI * labels[i]!) / classes;
          point.set([Math.cos(angle) + spread * point[0]!, Math.sin(angle) + spread * point[1]!]);
        }
        return { features, labels };
      },
    });
    return {
      load: async () => ({
        inputShape: [2],
        classes,
        train: split(trainSize, random('train')),
        test: split(testSize, random('test')),
      }),
    };
  },
});
