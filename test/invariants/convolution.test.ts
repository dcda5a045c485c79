import { convertToAnalog, digitalModel } from '@txsim/layers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { trainer, compose } from '@txsim/core';
import { gaussian, labArrays, laboratory, labStack, values } from '../support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

/** conv 3×3 same → pool → conv 3×3, stride 2 → dense, on 8×8 images of two channels. */
function network(): tf.Sequential {
  const seed = { units: (n: number) => tf.initializers.glorotUniform({ seed: n }) };
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [8, 8, 2],
        filters: 5,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: seed.units(1),
      }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({
        filters: 6,
        kernelSize: 3,
        strides: 2,
        activation: 'tanh',
        useBias: false,
        kernelInitializer: seed.units(2),
      }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3, kernelInitializer: seed.units(3) }),
    ],
  });
}

test.each([
  ['unrolled', [2, 3, 1]],
  ['positions', [9, 9, 1]],
])(
  'a converted network, its kernels %s, gives the outputs and learns as the digital one',
  async (convolution, tileRows) => {
    const digital = network();
    const analog = await convertToAnalog(
      digital,
      labArrays({ mapping: { use: 'mapping', rows: 16, columns: 16, convolution } }),
    );
    // Inputs of the matrices: 9 positions of 2 and of 5 channels, and 6 features of one position.
    expect(analog.matrices.map(({ grid }) => grid.tileRows)).toEqual(tileRows);
    expect(analog.digital).toEqual([]);
    const learn = compose(labStack(), laboratory()).resolve(trainer);
    const x = gaussian([4, 128]).reshape([4, 8, 8, 2]);
    const y = tf.oneHot(tf.tensor1d([0, 1, 2, 1], 'int32'), 3);
    const outputs = [analog.network, digital].map((n) => values(n.predict(x) as tf.Tensor));
    outputs[0]!.forEach((o, i) => expect(Math.abs(o - outputs[1]![i]!)).toBeLessThan(1e-5));
    for (let step = 0; step < 20; step++) {
      const [a, d] = [analog, digitalModel(digital)].map((model) => {
        const loss = () =>
          tf.losses.softmaxCrossEntropy(
            y,
            model.network.apply(x, { training: true }) as tf.Tensor,
          ) as tf.Scalar;
        return learn.step(model, loss).dataSync()[0]!;
      });
      expect(Math.abs(a! - d!)).toBeLessThan(1e-4);
    }
  },
);
