import { dataset, digest, type DatasetSplit } from '@txsim/core';
import { z } from 'zod';
import { augmented, augmentFields } from './augment.js';
import { invalid, read } from './invalid.js';

const SIDE = 32;
const CHANNELS = 3;
const PIXELS = SIDE * SIDE;

/**
 * How the binary files of a CIFAR data set are laid out: labels, then 1024 red, green and blue bytes. Checksums are those by
 * which Apache MXNet (gluon.data.vision) knows the files of the archives.
 */
interface Layout {
  readonly id: string;
  readonly classes: number;
  /** Bytes of labels before an image; the last one is the class. */
  readonly labels: number;
  readonly archive: string;
  /** File names, with the SHA-1 that the published ones have. */
  readonly train: Readonly<Record<string, string>>;
  readonly test: Readonly<Record<string, string>>;
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
      checksums: z.boolean().default(true).describe('whether files must be the published ones, by checksum'),
      ...augmentFields,
    }),
    create: ({ config, readFile, random }) => {
      const advice = `Get ${layout.archive} from https://www.cs.toronto.edu/~kriz/cifar.html, unpack it, and name the folder in "folder"; nothing is downloaded by itself.`;
      const files = async (
        published: Readonly<Record<string, string>>,
        perClass: number,
        size?: number,
      ): Promise<DatasetSplit> => {
        const all: Uint8Array[] = [];
        const paths = Object.keys(published).map((name) => `${config.folder}/${name}`);
        for (const path of paths) all.push(await read(readFile, path, advice));
        const split = imageSplit(all, layout, perClass, paths[0]!, size);
        for (const [i, wanted] of Object.values(published).entries()) {
          const found = config.checksums ? await digest(all[i]!, 'SHA-1') : wanted;
          if (found !== wanted) invalid(paths[i]!, `is not the published file: its SHA-1 is ${found}, not ${wanted}. ${advice} If it is meant to be another, set "checksums": false`); // prettier-ignore
        }
        return split;
      };
      return {
        load: async () => {
          const train = await files(layout.train, layout.perClass[0], config.trainSize);
          const shape = [SIDE, SIDE, CHANNELS] as const;
          return {
            inputShape: shape,
            classes: layout.classes,
            train: augmented(train, shape, config, random('augmentation')),
            test: await files(layout.test, layout.perClass[1], config.testSize),
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
  train: {
    'data_batch_1.bin': 'aadd24acce27caa71bf4b10992e9e7b2d74c2540',
    'data_batch_2.bin': 'c0ba65cce70568cd57b4e03e9ac8d2a5367c1795',
    'data_batch_3.bin': '1dd00a74ab1d17a6e7d73e185b69dbf31242f295',
    'data_batch_4.bin': 'aab85764eb3584312d3c7f65fd2fd016e36a258e',
    'data_batch_5.bin': '26e2849e66a845b7f1e4614ae70f4889ae604628',
  },
  test: { 'test_batch.bin': '67eb016db431130d61cd03c7ad570b013799c88c' },
  perClass: [5000, 1000],
});

/** A hundred classes; the byte before is one of twenty coarse ones. */
export const cifar100 = cifar({
  id: 'cifar-100',
  classes: 100,
  labels: 2,
  archive: 'cifar-100-binary.tar.gz',
  train: { 'train.bin': 'e207cd2e05b73b1393c74c7f5e7bea451d63e08e' },
  test: { 'test.bin': '8fb6623e830365ff53cf14adec797474f5478006' },
  perClass: [500, 100],
});
