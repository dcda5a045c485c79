import type { Contribution, Dataset, DatasetSplit, LoadedDataset } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { make, type Surroundings } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

/** What `describeDataset` is told, and the files that the data set reads. */
export interface DatasetOptions extends Options, Pick<Surroundings, 'readFile'> {}

/** At most as many samples of a split are looked at. */
const LOOK = 500;

/** What holds for every data set: two splits of labelled samples that depend on their index alone. */
export function describeDataset(contribution: Contribution<Dataset>, options: DatasetOptions = {}): void {
  let once: Promise<LoadedDataset> | undefined;
  const load = (): Promise<LoadedDataset> => make(contribution, options).load();
  const loaded = (): Promise<LoadedDataset> => (once ??= load());
  const first = ({ size }: DatasetSplit): number[] =>
    Array.from({ length: Math.min(size, LOOK) }, (_, i) => i);

  describePromises(`data set ${contribution.id}`, options, (promised) => {
    promised('it has a shape and at least two classes', async () => {
      const { inputShape, classes } = await loaded();
      expect(inputShape.length).toBeGreaterThan(0);
      for (const side of inputShape) expect(Number.isInteger(side) && side > 0).toBe(true);
      expect(Number.isInteger(classes) && classes >= 2).toBe(true);
    });
    for (const name of ['train', 'test'] as const) {
      promised(`${name}: has samples`, async () => {
        const { size } = (await loaded())[name];
        expect(Number.isInteger(size) && size > 0).toBe(true);
      });
      promised(`${name}: labels are classes`, async () => {
        const data = await loaded();
        const { labels } = data[name].samples(first(data[name]));
        expect(labels).toBeInstanceOf(Int32Array);
        for (const label of labels) expect(label >= 0 && label < data.classes).toBe(true);
      });
      promised(`${name}: features are finite, as many as the shape says`, async () => {
        const data = await loaded();
        const indices = first(data[name]);
        const { features } = data[name].samples(indices);
        expect(features).toHaveLength(data.inputShape.reduce((a, b) => a * b, indices.length));
        expect(features.every(Number.isFinite)).toBe(true);
      });
      promised(`${name}: a sample depends on its index alone`, async () => {
        const data = await loaded();
        const split = data[name];
        const indices = [split.size - 1, 0, split.size - 1];
        const together = split.samples(indices);
        const length = together.features.length / 3;
        indices.forEach((index, i) => {
          const alone = split.samples([index]);
          expect(Array.from(alone.features)).toEqual(
            Array.from(together.features.slice(i * length, (i + 1) * length)),
          );
          expect(alone.labels[0]).toBe(together.labels[i]);
        });
      });
      promised(`${name}: loaded again, it is the same`, async () => {
        const [a, b] = [(await loaded())[name], (await load())[name]];
        expect(b.size).toBe(a.size);
        expect(b.samples([0, a.size - 1])).toEqual(a.samples([0, a.size - 1]));
      });
    }
    promised('it makes no tensors', async () => {
      const before = tf.memory().numTensors;
      (await load()).train.samples([0]);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
