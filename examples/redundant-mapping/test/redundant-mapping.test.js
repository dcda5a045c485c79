import { describeMapping, describePlugin } from '@txsim/plugin-testkit';
import { analogMatrix } from '@txsim/simulator';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { redundant } from '../src/index.js';

/** All devices of a weight get the same request, and one of them may have come to its end alone. */
const SHARED = 'the devices of a weight are not kept mirror images of each other';

describePlugin(plugin, { packageJson });
for (const pairs of [1, 2, 3]) {
  describeMapping(redundant, {
    config: { pairs },
    limits: { rows: 64, columns: 64 },
    exempt: { 'from any state, a change that the window can hold is made inside the window': SHARED },
  });
}

/** Variance of the weights that devices with a spread hold, all of which stand for 0. */
async function variance(pairs) {
  const [inputs, outputs] = [60, 60];
  const zeros = Array.from({ length: inputs }, () => new Array(outputs).fill(0));
  const matrix = await analogMatrix(
    zeros,
    {
      mapping: { use: 'redundant-mapping', pairs },
      nonIdealities: [{ use: 'device-variation', sigma: 0.1 }],
    },
    { plugins: [plugin], backend: 'cpu' },
  );
  const y = matrix.forward(tf.eye(inputs));
  const values = Array.from(await y.data());
  tf.dispose(y);
  matrix.dispose();
  return { value: values.reduce((sum, w) => sum + w * w, 0) / values.length, count: values.length };
}

test('four pairs have a quarter of the variance of one', async () => {
  const [one, four] = [await variance(1), await variance(4)];
  // ln of a variance that was estimated from n normal numbers has the variance 2/n; here n = 3600 twice.
  const z = (Math.log(one.value / four.value) - Math.log(4)) / Math.sqrt(2 / one.count + 2 / four.count);
  expect(Math.abs(z)).toBeLessThan(4.5);
});
