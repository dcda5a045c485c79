import { describeBackend, describePlugin, make } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { cpu } from '../src/index.js';

describePlugin(plugin, { packageJson });
// The reference against itself: few cases.
describeBackend('cpu', () => make(cpu).activate(), { runs: 5 });

test('it runs everywhere, and is preferred to nothing', async () => {
  expect(await make(cpu).probe()).toEqual({ available: true, detail: 'plain JavaScript' });
  expect(make(cpu).priority).toBe(0);
});

test('activated, it is the current backend of tfjs', async () => {
  await make(cpu).activate();
  expect(tf.getBackend()).toBe('cpu');
});
