import { activateWasm } from '@txsim/plugin-backend-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { compare, depthwiseNetwork, encoderNetwork, type Compared } from '../support/parity.js';

beforeAll(activateWasm);

const cifar = { inputShape: [32, 32, 3], classes: 10 };

/**
 * Learning rates are those at which the digital network follows a copy of itself whose weights are rounded otherwise:
 * deep networks on batches of four are chaotic at larger ones.
 */
const NETWORKS: readonly [string, Compared][] = [
  ['LeNet-5', { task: { inputShape: [28, 28], classes: 10 }, use: { use: 'networks/lenet-5' } }],
  ['VGG-8 on 16×16', { task: { inputShape: [16, 16, 3], classes: 10 }, use: { use: 'networks/vgg-8', width: 0.5 }, rate: 1e-4 }], // prettier-ignore
  ['ResNet-20', { task: cifar, use: { use: 'networks/resnet-20' }, rate: 1e-4 }],
  ['depthwise blocks', { task: cifar, build: depthwiseNetwork }],
  ['LSTM', { task: { inputShape: [40], classes: 30 }, use: { use: 'networks/lstm' }, characters: true }],
  ['attention', { task: { inputShape: [40], classes: 30 }, build: encoderNetwork, characters: true }],
];

describe('on ideal arrays a network has the outputs of the digital one to 1e-5, and its losses for 50 steps to 1e-3', () => {
  test.each(NETWORKS)('%s', async (_, compared) => {
    const { outputs, losses, chaos, trace, matrices } = await compare(compared, 50);
    console.log(
      `${matrices} matrices: outputs ${outputs.toExponential(1)}, losses ${losses.toExponential(1)}; a rounded copy ${chaos.toExponential(1)}`,
    );
    expect(outputs).toBeLessThan(1e-5);
    expect(new Set(trace).size).toBe(50);
    expect(losses).toBeLessThan(1e-3);
  });
});
