import { describeNetwork, describePlugin, make } from '@txsim/plugin-testkit';
import type { Network } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { alexnet, lenet5, lstm, resnet18, resnet20, resnet56, vgg16, vgg8 } from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

const SMALL = [{ inputShape: [8, 8, 2], classes: 3 }];

describePlugin(plugin, { packageJson });
describeNetwork(lenet5, {
  config: { filters: [2, 3], units: [5] },
  tasks: [{ inputShape: [16, 17], classes: 3 }],
});
describeNetwork(alexnet, { config: { width: 0.03, units: [6], dropout: 0.2 }, tasks: SMALL });
describeNetwork(vgg8, { config: { width: 0.02, units: [6] }, tasks: SMALL });
describeNetwork(vgg16, { config: { width: 0.03, units: [6] }, tasks: SMALL });
describeNetwork(resnet18, { config: { width: 0.04, blocks: 1 }, tasks: SMALL });
describeNetwork(resnet20, { config: { width: 0.2, blocks: 2 }, tasks: SMALL });
describeNetwork(lstm, { config: { units: [4, 3] }, tasks: [{ inputShape: [5, 2], classes: 3 }] });

describe('parameters, counted by hand from the papers', () => {
  const cifar = { inputShape: [32, 32, 3], classes: 10 };
  const trained = async (network: Network, task = cifar): Promise<number> => {
    const model = await network.build(task);
    const count = model.trainableWeights.reduce((sum, w) => sum + w.shape.reduce((a, b) => a! * b!, 1)!, 0);
    model.dispose();
    return count;
  };

  test('LeNet-5: 25·16 + 16 + 400·32 + 32 + 512·128 + 128 + 1280 + 10 = 80 202', async () =>
    expect(await trained(make(lenet5), { inputShape: [28, 28], classes: 10 })).toBe(80_202));

  // 0.27 million in table 6 of He et al.; shortcuts of kind B add 16·32 + 32·64 kernels and 4·32 normalisations more.
  test('ResNet-20: 0.27 million', async () =>
    expect(await trained(make(resnet20))).toBe(269_722 + 16 * 32 + 32 * 64 + 2 * (32 + 64)));

  test('ResNet-56: 0.85 million', async () =>
    expect(await trained(make(resnet56))).toBe(853_018 + 16 * 32 + 32 * 64 + 2 * (32 + 64)));
});

test('a network that needs images refuses vectors, and what is too small', () => {
  const built = (shape: number[]) => () => make(lenet5).build({ inputShape: shape, classes: 3 });
  expect(built([784])).toThrow('STACK_INVALID [lenet-5] expected images [height, width]');
  expect(built([8, 8])).toThrow('of at least 16×16, the data set has [8, 8]');
});

test('characters are embedded', async () => {
  const model = await make(lstm, { config: { units: [4] } }).build({ inputShape: [7], classes: 5 });
  const logits = model.predict(tf.tensor2d([[0, 1, 2, 3, 4, 0, 1]])) as tf.Tensor;
  expect(logits.shape).toEqual([1, 5]);
  expect(model.layers.map((l) => l.name)).toContain('embedding');
});
