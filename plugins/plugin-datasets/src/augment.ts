import type { DatasetSplit } from '@txsim/core';
import { fillUniform, type RandomStream } from '@txsim/ops';
import { z } from 'zod';

/** Keys of data sets of images: how training images vary each time they are learned. */
export const augmentFields = {
  flip: z
    .boolean()
    .default(false)
    .describe('mirror training images left to right, each with probability 1/2'),
  shift: z
    .int()
    .min(0)
    .default(0)
    .describe('move training images by up to so many pixels each way, 0 comes in'),
};

/** How training images vary. */
export interface Augmentation {
  readonly flip: boolean;
  readonly shift: number;
}

/**
 * Images [height, width, channels] that are mirrored and moved whenever they are learned, by numbers of their own:
 * those of (image, draw), so that a run can be made again and resumed.
 */
export function augmented(
  split: DatasetSplit,
  [height, width, channels]: readonly [number, number, number],
  { flip, shift }: Augmentation,
  random: RandomStream,
): DatasetSplit {
  if (!flip && shift === 0) return split;
  const uniform = new Float32Array(3);
  const shifted = (u: number): number => Math.floor(u * (2 * shift + 1)) - shift;
  return {
    size: split.size,
    samples: (indices, draw) => {
      const { features, labels } = split.samples(indices, draw);
      if (draw === undefined) return { features, labels };
      const size = height * width * channels;
      const varied = new Float32Array(features.length);
      for (let i = 0; i < indices.length; i++) {
        fillUniform(random, draw, 4 * indices[i]!, uniform);
        const [down, right, mirrored] = [
          shifted(uniform[0]!),
          shifted(uniform[1]!),
          flip && uniform[2]! < 0.5,
        ];
        const image = features.subarray(i * size, (i + 1) * size);
        move(image, varied.subarray(i * size, (i + 1) * size), [height, width, channels], down, right, mirrored); // prettier-ignore
      }
      return { features: varied, labels };
    },
  };
}

function move(
  from: Float32Array,
  to: Float32Array,
  [height, width, channels]: readonly [number, number, number],
  down: number,
  right: number,
  mirrored: boolean,
): void {
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    for (let x = Math.max(0, right); x < Math.min(width, width + right); x++) {
      const column = mirrored ? width - 1 - (x - right) : x - right;
      const source = ((y - down) * width + column) * channels;
      const target = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) to[target + c] = from[source + c]!;
    }
  }
}
