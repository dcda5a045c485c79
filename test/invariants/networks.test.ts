import { activateWasm } from '@txsim/plugin-backend-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { compare, depthwiseNetwork, encoderNetwork, type Compared } from '../support/parity.js';

beforeAll(activateWasm);

const image = { inputShape: [8, 8, 3], classes: 4 };

const NETWORKS: readonly [string, number, Compared][] = [
  ['LeNet-5', 4, { task: { inputShape: [16, 16], classes: 4 }, use: { use: 'networks/lenet-5', filters: [3, 4], units: [8] } }], // prettier-ignore
  ['VGG-8', 8, { task: image, use: { use: 'networks/vgg-8', width: 0.03, units: [12] } }],
  ['ResNet-20, a block per stage', 10, { task: image, use: { use: 'networks/resnet-20', width: 0.25, blocks: 1 } }], // prettier-ignore
  ['depthwise blocks', 8, { task: image, build: depthwiseNetwork }],
  ['LSTM', 3, { task: { inputShape: [6], classes: 5 }, use: { use: 'networks/lstm', units: [7], embedding: 4 }, characters: true }], // prettier-ignore
  ['attention', 7, { task: { inputShape: [6], classes: 5 }, build: encoderNetwork, characters: true }],
];

describe('on ideal arrays a small network has the outputs of the digital one to 1e-5, and follows it for 10 steps to 1e-3', () => {
  test.each(NETWORKS)('%s', async (_, matrices, compared) => {
    const found = await compare(compared, 10);
    expect(found.matrices).toBe(matrices);
    expect(found.outputs).toBeLessThan(1e-5);
    expect(found.losses).toBeLessThan(1e-3);
    expect(new Set(found.trace).size).toBe(10);
  });
});
