import { definePlugin } from '@txsim/core';
import { alexnet } from './alexnet.js';
import { file } from './file.js';
import { lenet5 } from './lenet-5.js';
import { lstm } from './lstm.js';
import { resnet18, resnet20, resnet56 } from './resnet.js';
import { vgg16, vgg8 } from './vgg.js';

export { alexnet, file, lenet5, lstm, resnet18, resnet20, resnet56, vgg16, vgg8 };

export default definePlugin({
  name: '@txsim/plugin-networks',
  version: '0.1.0',
  namespace: 'networks',
  engines: { txsim: '^0.1.0' },
  contributes: [lenet5, alexnet, vgg8, vgg16, resnet18, resnet20, resnet56, lstm, file],
});
