import { describeBackend, make } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { __identifier__ } from '../src/index.js';

const activate = (): Promise<void> => make(__identifier__).activate();

describeBackend('__id__', activate, { runs: 2 });

test('activated, it is the current backend of tfjs', async () => {
  await activate();
  expect(tf.getBackend()).toBe('__id__');
});
