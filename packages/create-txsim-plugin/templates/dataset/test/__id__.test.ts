import { describeDataset, make } from '@txsim/plugin-testkit';
import { expect, test } from 'vitest';
import { __identifier__ } from '../src/index.js';

describeDataset(__identifier__);

test('without spread the points are the centres', async () => {
  const { train } = await make(__identifier__, { config: { classes: 4, spread: 0 } }).load();
  const { features, labels } = train.samples([0, 1, 2]);
  expect(Array.from(labels)).toEqual([0, 1, 2]);
  [1, 0, 0, 1, -1, 0].forEach((v, i) => expect(features[i]).toBeCloseTo(v, 6));
});
