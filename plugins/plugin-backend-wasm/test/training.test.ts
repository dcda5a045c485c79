import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { numbers } from './support.js';

beforeAll(activateWasm);

const initial = (seed: number): { kernelInitializer: ReturnType<typeof tf.initializers.glorotNormal> } => ({
  kernelInitializer: tf.initializers.glorotNormal({ seed }),
});

function network(): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [12, 12, 2], filters: 6, kernelSize: 3, padding: 'same', activation: 'relu', ...initial(1) }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', depthwiseInitializer: tf.initializers.glorotNormal({ seed: 2 }) }),
      tf.layers.conv2d({ filters: 8, kernelSize: 3, strides: 2, activation: 'tanh', ...initial(3) }),
      tf.layers.maxPooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
      tf.layers.conv2d({ filters: 5, kernelSize: 1, activation: 'sigmoid', ...initial(4) }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3, activation: 'softmax', ...initial(5) }),
    ],
  }); // prettier-ignore
  model.compile({ optimizer: tf.train.sgd(0.2), loss: 'categoricalCrossentropy' });
  return model;
}

async function losses(backend: string): Promise<number[]> {
  await tf.setBackend(backend);
  const model = network();
  const x = tf.tensor4d(numbers(32 * 288, 6), [32, 12, 12, 2]);
  const labels = numbers(32, 7, 0, 3).map(Math.floor);
  const y = tf.oneHot(tf.tensor1d([...labels], 'int32'), 3).toFloat();
  const steps: number[] = [];
  const onBatchEnd = async (_: number, logs?: tf.Logs): Promise<void> =>
    void steps.push(logs!.loss as number);
  await model.fit(x, y, { epochs: 5, batchSize: 8, shuffle: false, callbacks: { onBatchEnd } });
  return steps;
}

test('a small network learns in 20 steps with the losses of the cpu backend', async () => {
  const reference = await losses('cpu');
  const ours = await losses('wasm');
  expect(ours).toHaveLength(20);
  ours.forEach((loss, i) => expect(Math.abs(loss - reference[i]!)).toBeLessThan(1e-4));
});

test('200 steps of a convolutional network use no more memory than the first', async () => {
  await activateWasm();
  const backend = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  const model = network();
  const x = tf.tensor4d(numbers(4 * 288, 8), [4, 12, 12, 2]);
  const y = tf.tensor2d([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0], [4, 3]);
  const measure = (): number[] => [tf.memory().numTensors, tf.memory().numBytes, backend.wasm.HEAPU8.byteLength];
  await model.trainOnBatch(x, y);
  const after = measure();
  for (let i = 0; i < 200; i++) await model.trainOnBatch(x, y);
  expect(measure()).toEqual(after);
}); // prettier-ignore
