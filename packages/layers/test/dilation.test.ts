import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { labArrays, values } from '../../../test/support/laboratory.js';
import { convertToAnalog } from '../src/index.js';
import { numbers } from './models.js';

beforeAll(activateWasm);

const RATE = 0.1;
const arrays = () => labArrays({ mapping: { use: 'mapping', rows: 16, columns: 16 } });
const { layers } = tf;

/** kernel[height, width, channels, filters] with zeros between its weights. */
function spread(kernel: tf.Tensor4D, [down, across]: readonly [number, number]): tf.Tensor4D {
  const [height, width, channels, filters] = kernel.shape;
  const [rows, columns] = [(height - 1) * down + 1, (width - 1) * across + 1];
  const wide = tf.buffer([rows, columns, channels, filters]);
  const given = kernel.arraySync();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        for (let f = 0; f < filters; f++) wide.set(given[y]![x]![c]![f]!, y * down, x * across, c, f);
  return wide.toTensor() as tf.Tensor4D;
}

/** What a step of descent makes of the weights, mean squares of outputs being the loss, by tfjs on the spread kernel. */
function stepped(
  kernel: tf.Tensor4D,
  x: tf.Tensor4D,
  dilation: readonly [number, number],
  y: tf.Tensor,
): number[] {
  const wide = spread(kernel, dilation);
  const gradient = tf.grad((w) => tf.losses.meanSquaredError(y, tf.conv2d(x, w as tf.Tensor4D, 1, 'same')))(
    wide,
  ) as tf.Tensor4D;
  const mask = spread(tf.onesLike(kernel), dilation);
  const [next, kept] = [values(tf.sub(wide, tf.mul(RATE, gradient))), values(mask)];
  return next.filter((_, i) => kept[i] === 1);
}

const CASES: readonly [string, readonly [number, number], () => [tf.layers.Layer, tf.Tensor]][] = [
  ['images', [2, 3], () => [layers.conv2d({ name: 'c', filters: 4, kernelSize: [3, 2], dilationRate: [2, 3], padding: 'same', useBias: false }), numbers([3, 7, 6, 3])]], // prettier-ignore
  ['sequences', [1, 2], () => [layers.conv1d({ name: 'c', filters: 4, kernelSize: 3, dilationRate: 2, padding: 'same', useBias: false }), numbers([3, 9, 3])]], // prettier-ignore
];

describe.each(CASES)(
  'a dilated convolution over %s, which tfjs cannot differentiate',
  (_, dilation, make) => {
    const prepared = async () => {
      const [layer, x] = make();
      const model = tf.sequential({ layers: [layers.inputLayer({ inputShape: x.shape.slice(1) }), layer] });
      model.setWeights(model.getWeights().map((w) => tf.mul(0.3, numbers(w.shape, 5))));
      const analog = await convertToAnalog(model, arrays());
      const y = numbers((model.predict(x) as tf.Tensor).shape, 9);
      const image = (t: tf.Tensor) => (t.rank === 4 ? t : t.expandDims(1)) as tf.Tensor4D;
      const [kernel] = model.getWeights();
      const deep = (kernel!.rank === 4 ? kernel! : kernel!.expandDims(0)) as tf.Tensor4D;
      return { model, analog, x, y, wanted: stepped(deep, image(x), dilation, image(y)) };
    };
    const expectNear = (found: readonly number[], wanted: readonly number[]): void =>
      found.forEach((v, i) => expect(Math.abs(v - wanted[i]!)).toBeLessThan(1e-5));

    test('has its outputs', async () => {
      const { model, analog, x } = await prepared();
      expectNear(values(analog.network.predict(x) as tf.Tensor), values(model.predict(x) as tf.Tensor));
    });

    test('learns through signals as an ordinary one with zeros between the weights', async () => {
      const { analog, x, y, wanted } = await prepared();
      const { signals } = analog.pass(
        () => tf.losses.meanSquaredError(y, analog.network.apply(x) as tf.Tensor) as tf.Scalar,
      );
      for (const { matrix, x: input, d } of signals) matrix.update(input, d, RATE);
      expectNear(values(analog.network.getWeights()[0]!), wanted);
    });

    test('learns by fit as that does', async () => {
      const { analog, x, y, wanted } = await prepared();
      analog.network.compile({ optimizer: tf.train.sgd(RATE), loss: 'meanSquaredError' });
      await analog.network.fit(x, y, { epochs: 1, batchSize: 3, verbose: 0 });
      expectNear(values(analog.network.getWeights()[0]!), wanted);
    });
  },
);
