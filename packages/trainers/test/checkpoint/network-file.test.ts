import { convertToAnalog, MultiHeadAttention } from '@txsim/layers';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { gaussian, labArrays, values } from '../../../../test/support/laboratory.js';
import { loadNetwork, saveNetwork } from '../../src/index.js';

beforeAll(activateWasm);

/** Every kind of noise there is, so that a counter that is lost would be seen. */
const arrays = () =>
  labArrays({
    mapping: { use: 'mapping', rows: 8, columns: 8 },
    dac: { use: 'circuit-models/uniform-dac' },
    adc: { use: 'circuit-models/uniform-adc', range: 'maximal' },
    nonIdealities: [
      { use: 'device-variation' },
      { use: 'write-noise' },
      { use: 'read-noise', definition: 'proportional' },
    ],
  });

const network = (): tf.LayersModel => {
  const { layers } = tf;
  return tf.sequential({
    layers: [
      layers.depthwiseConv2d({ name: 'd', inputShape: [5, 4, 3], kernelSize: 2 }),
      layers.reshape({ name: 'steps', targetShape: [4, 9] }),
      new MultiHeadAttention({ name: 'a', numHeads: 2, keyDim: 3 }),
      layers.lstm({ name: 'r', units: 4 }),
      layers.dense({ name: 'digital', units: 3 }),
      layers.dense({ name: 'output', units: 2 }),
    ],
  });
};

test('a network that was saved goes on to the same outputs and weights, to the bit', async () => {
  const model = network();
  model.setWeights(model.getWeights().map((w, i) => tf.randomNormal(w.shape, 0, 0.3, 'float32', i + 1)));
  const x = gaussian([6, 60]).reshape([6, 5, 4, 3]);
  const y = gaussian([6, 2], 2);
  const learn = async (of: tf.LayersModel): Promise<void> => {
    of.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
    await of.fit(x, y, { epochs: 2, batchSize: 3, shuffle: false, verbose: 0 });
  };
  const analog = await convertToAnalog(model, arrays(), { exclude: ['digital'] });
  await learn(analog.network);
  const loaded = await loadNetwork(await saveNetwork(analog), arrays());
  expect(loaded.matrices.map((m) => m.name)).toEqual(analog.matrices.map((m) => m.name));
  for (let i = 0; i < 2; i++) {
    const outputs = [analog, loaded].map((of) => values(of.network.predict(x) as tf.Tensor));
    expect(outputs[1]).toEqual(outputs[0]);
    await learn(analog.network);
    await learn(loaded.network);
    const weights = [analog, loaded].map((of) => of.network.getWeights().map(values));
    expect(weights[1]).toEqual(weights[0]);
  }
});

test('a file that is damaged is refused', async () => {
  const bytes = await saveNetwork(await convertToAnalog(network(), arrays()));
  bytes[bytes.length - 5]! ^= 1;
  await expect(loadNetwork(bytes, arrays())).rejects.toThrow('CHECKPOINT_INVALID [network]');
});
