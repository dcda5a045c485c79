import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { labArrays } from '../../../test/support/laboratory.js';
import { convertToAnalog, GroupedConv2D, MultiHeadAttention } from '../src/index.js';

beforeAll(activateWasm);

const { layers } = tf;

test('of each layer it is told what is on arrays and what is digital', async () => {
  const network = tf.sequential({
    layers: [
      layers.conv2d({ name: 'image', inputShape: [6, 6, 2], filters: 4, kernelSize: 3, activation: 'relu' }),
      layers.batchNormalization({ name: 'normal' }),
      new GroupedConv2D({ name: 'groups', filters: 4, groups: 2, kernelSize: 1, useBias: false } as never),
      layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
      layers.separableConv2d({ name: 'apart', filters: 3, kernelSize: 1 }),
      layers.reshape({ name: 'steps', targetShape: [4, 3] }),
      new MultiHeadAttention({ name: 'attention', numHeads: 2, keyDim: 2 }),
      layers.lstm({ name: 'memory', units: 4, returnSequences: true, recurrentActivation: 'sigmoid' }),
      layers.gru({ name: 'gated', units: 3 }),
      layers.dense({ name: 'chosen', units: 3, activation: 'tanh' }),
      layers.dense({ name: 'output', units: 2, activation: 'softmax' }),
    ],
  });
  const analog = await convertToAnalog(network, labArrays(), { exclude: ['chosen'] });
  const told = analog.layers.map(({ layer, kind, matrices, digital }) => [layer, kind, matrices, digital]);
  expect(told).toEqual([
    ['image', 'Conv2D', ['image'], ['bias', 'relu']],
    ['normal', 'BatchNormalization', [], []],
    ['groups', 'GroupedConv2D', ['groups/0', 'groups/1'], []],
    ['pool', 'MaxPooling2D', [], []],
    ['apart', 'SeparableConv2D', ['apart/depthwise_kernel', 'apart/pointwise_kernel'], ['bias']],
    ['steps', 'Reshape', [], []],
    ['attention', 'MultiHeadAttention', ['query', 'key', 'value', 'attention_output'].map((of) => `attention/${of}/kernel`), ['bias', 'scores', 'softmax', 'sums of values']], // prettier-ignore
    ['memory', 'LSTMCell', ['memory/kernel', 'memory/recurrent_kernel'], ['bias', 'gates', 'sigmoid', 'tanh']], // prettier-ignore
    ['gated', 'GRUCell', ['gated/kernel', 'gated/recurrent_kernel/0', 'gated/recurrent_kernel/1'], ['bias', 'gates', 'hardSigmoid', 'tanh']], // prettier-ignore
    ['chosen', 'Dense', [], []],
    ['output', 'Dense', ['output'], ['bias', 'softmax']],
  ]);
  expect(analog.matrices.map(({ name }) => name)).toEqual(analog.layers.flatMap(({ matrices }) => matrices));
});

test('what learns beside the weights is digital', async () => {
  const learning = labArrays({ mapping: { use: 'mapping', scaling: 'column', learnScaling: true } });
  const network = tf.sequential({
    layers: [layers.dense({ name: 'd', units: 2, inputShape: [3], useBias: false })],
  });
  const { layers: places } = await convertToAnalog(network, learning);
  expect(places[0]!.digital).toEqual(['scale']);
});
