import { activateWasm } from '@txsim/plugin-backend-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { compare, depthwiseNetwork, type Compared } from '../support/parity.js';

beforeAll(activateWasm);

const cifar = { inputShape: [32, 32, 3], classes: 10 };

/** Networks, and steps in which they follow themselves at least: without normalisation VGG-8 soon does not. */
const NETWORKS: readonly [string, number, Compared][] = [
  ['LeNet-5', 50, { task: { inputShape: [28, 28], classes: 10 }, use: { use: 'networks/lenet-5' } }],
  ['VGG-8 on 16×16', 5, { task: { inputShape: [16, 16, 3], classes: 10 }, use: { use: 'networks/vgg-8', width: 0.5 }, rate: 0.001 }], // prettier-ignore
  ['ResNet-20', 20, { task: cifar, use: { use: 'networks/resnet-20' }, rate: 0.001 }],
  ['depthwise blocks', 50, { task: cifar, build: depthwiseNetwork }],
  ['LSTM', 50, { task: { inputShape: [40], classes: 30 }, use: { use: 'networks/lstm' }, characters: true }],
];

describe('on ideal arrays a network has the outputs of the digital one to 1e-5, and follows it to 1e-3 as long as that follows itself', () => {
  test.each(NETWORKS)('%s', async (_, least, compared) => {
    const { outputs, losses, trace, matrices } = await compare(compared, 50);
    console.log(
      `${matrices} matrices: outputs ${outputs.toExponential(1)}, losses of ${trace.length} steps ${losses.toExponential(1)}`,
    );
    expect(outputs).toBeLessThan(1e-5);
    expect(trace.length).toBeGreaterThanOrEqual(least);
    expect(losses).toBeLessThan(1e-3);
  });
});
