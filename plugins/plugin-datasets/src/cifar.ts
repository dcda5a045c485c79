import { dataset, type DatasetSplit } from '@txsim/core';
import { z } from 'zod';
import { augmented, augmentFields } from './augment.js';
import { invalid, read, sha256 } from './invalid.js';

const SIDE = 32;
const CHANNELS = 3;
const PIXELS = SIDE * SIDE;

/** How the binary files of a CIFAR data set are laid out: labels, then 1024 red, green and blue bytes. */
interface Layout {
  readonly id: string;
  readonly classes: number;
  /** Bytes of labels before an image; the last one is the class. */
  readonly labels: number;
  readonly archive: string;
  readonly train: readonly string[];
  readonly test: string;
  /** Images of each class in all training files and in the test file. */
  readonly perClass: readonly [train: number, test: number];
}

const cifar = (layout: Layout) =>
  dataset({
    id: layout.id,
    description: `${layout.id.toUpperCase()}: colour images of 32×32 in ${layout.classes} classes, 50,000 + 10,000, from the binary files in a folder.`,
    citation: 'Krizhevsky, "Learning multiple layers of features from tiny images" (2009)',
    config: z.strictObject({
      folder: z.string().default(layout.id).describe('folder with the unpacked binary files'),
      trainSize: z.int().min(1).optional().describe('number of training images, from the first; absent: all'),
      testSize: z.int().min(1).optional().describe('number of test images, from the first; absent: all'),
      sha256: z
        .record(z.string(), z.string().regex(/^[0-9a-f]{64}$/))
        .default({})
        .describe('checksums that files must have, by name of the file'),
      ...augmentFields,
    }),
    create: ({ config, readFile, random }) => {
      const advice = `Get ${layout.archive} from https://www.cs.toronto.edu/~kriz/cifar.html, unpack it, and name the folder in "folder"; nothing is downloaded by itself.`;
      const open = async (name: string): Promise<Uint8Array> => {
        const path = `${config.folder}/${name}`;
        const bytes = await read(readFile, path, advice);
        const wanted = config.sha256[name];
        const found = wanted === undefined ? wanted : await sha256(bytes);
        if (found !== wanted) invalid(path, `has the checksum ${found}, not ${wanted}. ${advice}`);
        return bytes;
      };
      const files = async (
        names: readonly string[],
        perClass: number,
        size?: number,
      ): Promise<DatasetSplit> => {
        const all: Uint8Array[] = [];
        for (const name of names) all.push(await open(name));
        return imageSplit(all, layout, perClass, `${config.folder}/${names[0]}`, size);
      };
      return {
        load: async () => {
          const train = await files(layout.train, layout.perClass[0], config.trainSize);
          const shape = [SIDE, SIDE, CHANNELS] as const;
          return {
            inputShape: shape,
            classes: layout.classes,
            train: augmented(train, shape, config, random('augmentation')),
            test: await files([layout.test], layout.perClass[1], config.testSize),
          };
        },
      };
    },
  });

/** Images as they lie in files that stay as they were read; pixels become numbers in [0, 1] when they are asked for. */
function imageSplit(
  files: readonly Uint8Array[],
  { classes, labels, archive }: Layout,
  perClass: number,
  origin: string,
  wanted: number | undefined,
): DatasetSplit {
  const record = labels + PIXELS * CHANNELS;
  const perFile = (perClass * classes) / files.length;
  const counts = new Uint32Array(classes);
  for (const file of files) {
    if (file.length !== perFile * record) invalid(origin, `expected files of ${perFile * record} bytes, one has ${file.length}; is it unpacked?`); // prettier-ignore
    for (let at = labels - 1; at < file.length; at += record) {
      if (file[at]! >= classes) invalid(origin, `a label is not below ${classes}`);
      counts[file[at]!]!++;
    }
  }
  const odd = counts.findIndex((count) => count !== perClass);
  if (odd >= 0) invalid(origin, `class ${odd} has ${counts[odd]} images, ${archive} has ${perClass} of each: a file is damaged or there twice`); // prettier-ignore
  const size = wanted ?? perClass * classes;
  if (size > perClass * classes) invalid(origin, `${size} images are asked for, there are ${perClass * classes}`); // prettier-ignore
  return {
    size,
    samples: (indices) => {
      const features = new Float32Array(indices.length * PIXELS * CHANNELS);
      const chosen = new Int32Array(indices.length);
      for (let i = 0; i < indices.length; i++) {
        const file = files[Math.floor(indices[i]! / perFile)]!;
        const start = (indices[i]! % perFile) * record + labels;
        chosen[i] = file[start - 1]!;
        for (let p = 0; p < PIXELS; p++) {
          for (let c = 0; c < CHANNELS; c++) {
            features[(i * PIXELS + p) * CHANNELS + c] = file[start + c * PIXELS + p]! / 255;
          }
        }
      }
      return { features, labels: chosen };
    },
  };
}

/** Ten classes, one byte of label. */
export const cifar10 = cifar({
  id: 'cifar-10',
  classes: 10,
  labels: 1,
  archive: 'cifar-10-binary.tar.gz',
  train: [1, 2, 3, 4, 5].map((n) => `data_batch_${n}.bin`),
  test: 'test_batch.bin',
  perClass: [5000, 1000],
});

/** A hundred classes; the byte before is one of twenty coarse ones. */
export const cifar100 = cifar({
  id: 'cifar-100',
  classes: 100,
  labels: 2,
  archive: 'cifar-100-binary.tar.gz',
  train: ['train.bin'],
  test: 'test.bin',
  perClass: [500, 100],
});
