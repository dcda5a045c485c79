import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { labArrays, values } from '../../../test/support/laboratory.js';
import { convertToAnalog, convertToDigital, type AnalogNetwork } from '../src/index.js';
import { KINDS } from './kinds.js';
import { numbers } from './models.js';

beforeAll(activateWasm);

const arrays = () => labArrays({ mapping: { use: 'mapping', rows: 16, columns: 16 } });
const largest = (t: tf.Tensor): number => Math.max(...values(tf.abs(t)));
const apart = (a: tf.Tensor, b: tf.Tensor): number => largest(tf.sub(a, b));

describe.each(Object.entries(KINDS))('%s', (_, make) => {
  const targets = (model: tf.LayersModel, x: tf.Tensor): tf.Tensor =>
    numbers([x.shape[0]!, ...(model.outputs[0]!.shape.slice(1) as number[])], 9);

  test('gives the outputs of the original, on ideal arrays', async () => {
    const { model, x, matrices } = make();
    const analog = await convertToAnalog(model, arrays());
    expect(analog.matrices.map((m) => m.name)).toEqual(matrices);
    const wanted = model.predict(x) as tf.Tensor;
    expect(apart(analog.network.predict(x) as tf.Tensor, wanted)).toBeLessThan(1e-5 * largest(wanted));
  });

  test('learns as the original does, through signals', async () => {
    const { model, x } = make();
    const analog = await convertToAnalog(model, arrays());
    const y = targets(model, x);
    const loss = (network: tf.LayersModel) => (): tf.Scalar =>
      tf.losses.meanSquaredError(y, network.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
    const sgd = tf.train.sgd(0.05);
    for (let step = 0; step < 10; step++) {
      const wanted = sgd.minimize(loss(model), true)!;
      const { loss: found, gradients, signals } = analog.pass(loss(analog.network));
      sgd.applyGradients(gradients);
      for (const { matrix, x: input, d } of signals) matrix.update(input, d, 0.05);
      expect(Math.abs(values(found)[0]! - values(wanted)[0]!)).toBeLessThan(1e-4 * values(wanted)[0]!);
    }
  });

  test.each(['sgd', 'adam'])('learns as the original does, by fit with %s', async (optimizer) => {
    const { model, x } = make();
    const analog = await convertToAnalog(model, arrays());
    const y = targets(model, x);
    const losses: number[][] = [];
    for (const network of [model, analog.network]) {
      network.compile({ optimizer, loss: 'meanSquaredError' });
      const { history } = await network.fit(x, y, { epochs: 5, batchSize: 3, shuffle: false, verbose: 0 });
      losses.push(history['loss'] as number[]);
    }
    expect(losses[0]!.at(-1)).not.toBe(losses[0]![0]);
    losses[1]!.forEach((loss, i) => expect(Math.abs(loss / losses[0]![i]! - 1)).toBeLessThan(1e-3));
  });

  test('comes back as an ordinary network', async () => {
    const { model, x } = make();
    const analog: AnalogNetwork = await convertToAnalog(model, arrays());
    const back = await convertToDigital(analog.network);
    // tfjs itself adds keys when it reads a model.
    const again = await tf.models.modelFromJSON(JSON.parse(model.toJSON() as string) as tf.io.ModelJSON);
    expect(back.toJSON()).toBe(again.toJSON());
    const wanted = model.predict(x) as tf.Tensor;
    expect(apart(back.predict(x) as tf.Tensor, wanted)).toBeLessThan(1e-5 * largest(wanted));
  });

  test('disposed, it leaves no tensors', async () => {
    const { model, x } = make();
    const made = arrays();
    const y = targets(model, x);
    // Once before, so that what tfjs keeps for itself is there.
    (model.predict(x) as tf.Tensor).dispose();
    const before = tf.memory().numTensors;
    const analog = await convertToAnalog(model, made);
    const optimizer = tf.train.sgd(0.1);
    analog.network.compile({ optimizer, loss: 'meanSquaredError' });
    await analog.network.fit(x, y, { epochs: 2, verbose: 0 });
    const warm = tf.memory().numTensors;
    await analog.network.fit(x, y, { epochs: 2, verbose: 0 });
    expect(tf.memory().numTensors).toBe(warm);
    analog.dispose();
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
