import { dataset, type DatasetSplit } from '@txsim/core';
import { z } from 'zod';
import { invalid, read } from './invalid.js';
import { parseNpy, type NpyArray } from './npy.js';
import { checkTable, classesOf, splitOf, type Table } from './table.js';
import { unzip } from './unzip.js';

/** Arrays of NumPy. */
export const npz = dataset({
  id: 'npz',
  description:
    'Arrays of NumPy in one .npz: features of training and test, [count, …], and their classes, [count].',
  config: z.strictObject({
    file: z.string().default('data.npz').describe('the file, as numpy.savez or savez_compressed writes it'),
    arrays: z
      .tuple([z.string(), z.string(), z.string(), z.string()])
      .default(['x_train', 'y_train', 'x_test', 'y_test'])
      .describe('names of the arrays: training features and classes, test features and classes'),
    scale: z.number().positive().default(1).describe('features are divided by it, e.g. 255 for bytes'),
  }),
  create: ({ config: { file, arrays, scale }, readFile }) => ({
    load: async () => {
      const entries = unzip(await read(readFile, file, 'Paths are relative to the stack file.'), file);
      const array = async (name: string): Promise<NpyArray> => {
        const entry = entries.get(`${name}.npy`);
        if (!entry) invalid(file, `has no array "${name}"; it has ${[...entries.keys()].join(', ')}`);
        return parseNpy(await entry!(), `${file}/${name}`);
      };
      const table = async (x: string, y: string): Promise<Table> => {
        const [features, labels] = [await array(x), await array(y)];
        const values = features.data.map((v) => v / scale) as Float32Array;
        const made = {
          inputShape: features.shape.slice(1),
          features: values,
          labels: Int32Array.from(labels.data),
        };
        checkTable(made, file);
        return made;
      };
      const [train, test] = [await table(arrays[0], arrays[1]), await table(arrays[2], arrays[3])];
      if (train.inputShape.join() !== test.inputShape.join()) invalid(file, `training samples are [${train.inputShape.join()}], test samples [${test.inputShape.join()}]`); // prettier-ignore
      const splits: DatasetSplit[] = [splitOf(train), splitOf(test)];
      return {
        inputShape: train.inputShape,
        classes: classesOf(train.labels, test.labels),
        train: splits[0]!,
        test: splits[1]!,
      };
    },
  }),
});
