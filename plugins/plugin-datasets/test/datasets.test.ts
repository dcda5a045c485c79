import { describeDataset, describePlugin, make } from '@txsim/plugin-testkit';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { cifar10, cifar100, csv, digits, npz, text } from '../src/index.js';
import { ARCHIVE, cifarFiles, TABLE, TEXT } from './files.js';

/** For files that were made here. */
const MADE = { checksums: false };

describePlugin(plugin, { packageJson });
describeDataset(digits, { config: { trainSize: 30, testSize: 20 } });
describeDataset(csv, { readFile: async () => TABLE });
describeDataset(npz, { readFile: async () => ARCHIVE });
describeDataset(text, { config: { steps: 5 }, readFile: async () => TEXT });
describeDataset(cifar10, { config: { ...MADE, flip: true, shift: 2 }, readFile: cifarFiles(10) });
describeDataset(cifar100, { config: { ...MADE, trainSize: 700 }, readFile: cifarFiles(100) });

test('digits are told apart by their nearest mean: they are digits, and not noise', async () => {
  const { train, test: rest } = await make(digits).load();
  const all = (size: number): number[] => Array.from({ length: size }, (_, i) => i);
  const learned = train.samples(all(train.size));
  const means = Array.from({ length: 10 }, () => new Float64Array(64));
  learned.labels.forEach((label, i) => {
    for (let p = 0; p < 64; p++) means[label]![p]! += learned.features[64 * i + p]! / (train.size / 10);
  });
  const seen = rest.samples(all(rest.size));
  let correct = 0;
  seen.labels.forEach((label, i) => {
    const apart = means.map((m) => m.reduce((sum, v, p) => sum + (v - seen.features[64 * i + p]!) ** 2, 0));
    if (apart.indexOf(Math.min(...apart)) === label) correct++;
  });
  // A tenth would be right by chance, with a standard deviation of 6.7 images of 500.
  expect(correct).toBeGreaterThan(50 + 4.5 * 6.7);
});

test('images vary from draw to draw, and are the same for the same draw', async () => {
  const open = (config: object) => make(cifar10, { config: { ...MADE, trainSize: 20, ...config }, readFile: cifarFiles(10) }).load(); // prettier-ignore
  const { train } = await open({ flip: true, shift: 2 });
  const plain = (await open({})).train.samples([3]).features;
  expect(train.samples([3]).features).toEqual(plain);
  const draws = Array.from({ length: 20 }, (_, draw) => train.samples([3], draw).features);
  expect(train.samples([7, 3], 4).features.subarray(3072)).toEqual(draws[4]);
  expect(new Set(draws.map((d) => d.join())).size).toBeGreaterThan(10);
});

test('a flip mirrors, a shift moves and lets 0 in', async () => {
  const pixels = async (config: Record<string, unknown>, draw: number): Promise<number[]> => {
    const { train } = await make(cifar10, {
      config: { ...MADE, ...config },
      readFile: cifarFiles(10),
    }).load();
    return Array.from(train.samples([0], draw).features.filter((_, i) => i % 3 === 0));
  };
  const plain = await pixels({}, 0);
  const row = (of: number[], y: number): number[] => of.slice(32 * y, 32 * y + 32);
  const flips = await Promise.all(Array.from({ length: 12 }, (_, draw) => pixels({ flip: true }, draw)));
  const mirrored = plain.map((_, i) => plain[32 * Math.floor(i / 32) + 31 - (i % 32)]);
  expect(new Set(flips.map((f) => f.join()))).toEqual(new Set([plain.join(), mirrored.join()]));
  for (const moved of await Promise.all([0, 1, 2, 3].map((draw) => pixels({ shift: 1 }, draw)))) {
    const down = [-1, 0, 1].find((d) =>
      row(moved, 10).some((v) => v !== 0 && row(plain, 10 - d).includes(v)),
    )!;
    const [a, b] = [row(moved, 10), row(plain, 10 - down)];
    const right = [-1, 0, 1].find((r) => a.every((v, x) => v === (b[x - r] ?? 0)));
    expect(right).toBeDefined();
  }
});

test.each([
  ['is cut off', (b: Uint8Array) => b.subarray(0, 1000), 'expected files of 30730000 bytes, one has 1000'],
  ['has other labels', (b: Uint8Array) => b.fill(1, 0, 1), 'class 0 has 4999 images'],
  ['has labels above the classes', (b: Uint8Array) => b.fill(10, 0, 1), 'a label is not below 10'],
])('a CIFAR file that %s is refused', async (_, damage, message) => {
  const whole = cifarFiles(10);
  const readFile = async (path: string) => (path.endsWith('_3.bin') ? damage((await whole(path)).slice()) : whole(path)); // prettier-ignore
  await expect(make(cifar10, { readFile }).load()).rejects.toThrow(message);
});

test('a CIFAR file that is missing says where to get it', async () => {
  const readFile = (path: string): Promise<never> => Promise.reject(new Error(`ENOENT ${path}`));
  await expect(make(cifar10, { readFile }).load()).rejects.toThrow(
    /DATASET_INVALID \[cifar-10\/data_batch_1.bin\] cannot be read: ENOENT.*cifar-10-binary.tar.gz.*nothing is downloaded/,
  );
});

test.each([
  [
    cifar10,
    10,
    'cifar-10/data_batch_1.bin',
    'aadd24acce27caa71bf4b10992e9e7b2d74c2540',
    'cifar-10-binary.tar.gz',
  ],
  [
    cifar100,
    100,
    'cifar-100/train.bin',
    'e207cd2e05b73b1393c74c7f5e7bea451d63e08e',
    'cifar-100-binary.tar.gz',
  ],
] as const)(
  'files of $id that are not the published ones are refused by their checksum, and taken where that is meant',
  async (set, classes, path, wanted, archive) => {
    const readFile = cifarFiles(classes);
    const found = createHash('sha1')
      .update(await readFile(path))
      .digest('hex');
    const refused = make(set, { readFile }).load();
    await expect(refused).rejects.toThrow(
      `DATASET_INVALID [${path}] is not the published file: its SHA-1 is ${found}, not ${wanted}. Get ${archive} from`,
    );
    await expect(refused).rejects.toThrow('set "checksums": false');
    const { train } = await make(set, { config: MADE, readFile }).load();
    expect(train.size).toBe(50_000);
  },
);

test('images are read from the bytes of the files themselves, of which there is no second copy', async () => {
  const files = new Map<string, Uint8Array>();
  const readFile = async (path: string): Promise<Uint8Array> => {
    files.set(path, await cifarFiles(10)(path));
    return files.get(path)!;
  };
  const { test: rest } = await make(cifar10, { config: MADE, readFile }).load();
  const before = rest.samples([1]).features[0]!;
  const bytes = files.get('cifar-10/test_batch.bin')!;
  bytes[3073 + 1] = 255 - bytes[3073 + 1]!;
  expect(255 * (rest.samples([1]).features[0]! + before)).toBeCloseTo(255, 3);
});

test('a table is read by names and numbers of columns', async () => {
  const load = (config: object) => make(csv, { config: { testShare: 0.3, ...config }, readFile: async () => TABLE }).load(); // prettier-ignore
  const { inputShape, classes, train, test: rest } = await load({});
  expect([inputShape, classes, train.size, rest.size]).toEqual([[2], 3, 7, 3]);
  const rows = [...Array(7).keys()].map((i) => train.samples([i]));
  // In every row of the file the class is a modulo 3, and b is a / 2.
  for (const { features, labels } of rows) expect([features[1], labels[0]]).toEqual([features[0]! / 2, features[0]! % 3]); // prettier-ignore
  const named = await load({ label: 'kind', scale: 2 });
  const all = [0, 1, 2, 3, 4, 5, 6];
  expect(named.train.samples(all).features).toEqual(train.samples(all).features.map((v) => v / 2));
  await expect(load({ label: 'sort' })).rejects.toThrow('has no column "sort"; it has a, b, kind');
});

test.each([
  ['a,b\n1,x\n', 'line 2, column 2: expected a number, got "x"'],
  ['1,2,0\n3,1\n', 'line 2: expected 3 columns, got 2'],
  ['1,2.5\n', 'line 1, column 2: a class is a whole number, got 2.5'],
  ['1,-1\n', 'a label is negative'],
  ['\n', 'has no rows'],
])('the table %j is refused', async (content, message) => {
  const readFile = async () => new TextEncoder().encode(content);
  await expect(make(csv, { readFile }).load()).rejects.toThrow(`DATASET_INVALID [data.csv] ${message}`);
});

test('arrays of NumPy, stored or deflated, come as numpy wrote them', async () => {
  const {
    inputShape,
    classes,
    train,
    test: rest,
  } = await make(npz, { readFile: async () => ARCHIVE }).load();
  expect([inputShape, classes, train.size, rest.size]).toEqual([[2, 2], 3, 4, 2]);
  expect(train.samples([1])).toEqual({ features: Float32Array.of(4, 5, 6, 7), labels: Int32Array.of(1) });
  expect(rest.samples([1])).toEqual({
    features: Float32Array.of(0.5, -1, 1e-3, 3),
    labels: Int32Array.of(0),
  });
  const arrays = ['x_train', 'y_train', 'x_test', 'labels'];
  await expect(make(npz, { config: { arrays }, readFile: async () => ARCHIVE }).load()).rejects.toThrow(
    'has no array "labels"; it has x_train.npy, y_train.npy, x_test.npy, y_test.npy',
  );
  await expect(make(npz, { readFile: async () => TABLE }).load()).rejects.toThrow('is no ZIP archive');
});

test('a text becomes runs of characters and what follows them', async () => {
  const load = () => make(text, { config: { steps: 3, stride: 2, testShare: 0.5 }, readFile: async () => new TextEncoder().encode('abcabcabcabcabca') }).load(); // prettier-ignore
  const { inputShape, classes, train, test: rest } = await load();
  expect([inputShape, classes, train.size, rest.size]).toEqual([[3], 3, 3, 5]);
  expect(train.samples([0, 1])).toEqual({
    features: Float32Array.of(0, 1, 2, 2, 0, 1),
    labels: Int32Array.of(0, 2),
  });
});
