/** Kernels of convolutional networks, on stock tfjs and on ours: those that stock tfjs lacks are left out there. */
import * as tf from '@tensorflow/tfjs';
import { best, print } from './measure.mjs';

const image = [16, 32, 32, 64];
const elements = tf.util.sizeFromShape(image);

const run = (kernel, inputs, attributes) => () => {
  const result = tf.engine().runKernel(kernel, inputs, attributes);
  result.dispose();
};

export function networkKernels(title) {
  tf.tidy(() => {
    const [x, dy] = [tf.randomUniform(image, -1, 1), tf.randomUniform(image, -1, 1)];
    convolutions(title, x, dy);
    depthwise(title, x, dy);
    pools(title, x);
    for (const name of ['Tanh', 'Identity']) perElement(title, name, run(name, { x }, {}));
    const ids = tf.randomUniform([elements / 64], 0, 1000, 'int32');
    const rows = tf.reshape(x, [elements / 64, 64]);
    if (tf.getKernel('UnsortedSegmentSum', 'wasm')) {
      perElement(title, 'UnsortedSegmentSum', run('UnsortedSegmentSum', { x: rows, segmentIds: ids }, { numSegments: 1000 })); // prettier-ignore
    }
  });
}

function perElement(title, name, action) {
  print(`${name} [${image}], ${title}`, (best(action) * 1e6) / elements, 'ns/element');
}

function convolutions(title, x, dy) {
  for (const size of [3, 1]) {
    const filterShape = [size, size, 64, 64];
    const filter = tf.randomUniform(filterShape, -1, 1);
    const attributes = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
    const kernels = {
      Conv2D: run('Conv2D', { x, filter }, attributes),
      Conv2DBackpropInput: run('Conv2DBackpropInput', { dy, filter }, { ...attributes, inputShape: image }),
      Conv2DBackpropFilter: run('Conv2DBackpropFilter', { x, dy }, { ...attributes, filterShape }),
    };
    for (const [name, action] of Object.entries(kernels)) {
      if (!tf.getKernel(name, 'wasm')) continue;
      const flop = 2 * elements * size * size * 64;
      print(`${name} ${size} × ${size} [${image}] → 64, ${title}`, flop / best(action) / 1e6, 'GFLOP/s');
    }
  }
}

function depthwise(title, x, dy) {
  const filterShape = [3, 3, 64, 1];
  const filter = tf.randomUniform(filterShape, -1, 1);
  const attributes = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
  const name = 'DepthwiseConv2dNative';
  perElement(title, `${name} 3 × 3`, run(name, { x, filter }, attributes));
  if (!tf.getKernel(`${name}BackpropInput`, 'wasm')) return;
  perElement(title, `${name}BackpropInput 3 × 3`, run(`${name}BackpropInput`, { dy, filter }, { ...attributes, inputShape: image })); // prettier-ignore
  perElement(title, `${name}BackpropFilter 3 × 3`, run(`${name}BackpropFilter`, { x, dy }, { ...attributes, filterShape })); // prettier-ignore
}

function pools(title, x) {
  for (const [size, step] of [
    [2, 2],
    [3, 2],
  ]) {
    const attributes = { filterSize: [size, size], strides: [step, step], pad: 'same' };
    const y = tf.engine().runKernel('MaxPool', { x }, attributes);
    const what = `${size} × ${size} / ${step}`;
    perElement(title, `MaxPool ${what}`, run('MaxPool', { x }, attributes));
    perElement(title, `AvgPool ${what}`, run('AvgPool', { x }, attributes));
    perElement(title, `MaxPoolGrad ${what}`, run('MaxPoolGrad', { dy: y, input: x, output: y }, attributes));
    perElement(title, `AvgPoolGrad ${what}`, run('AvgPoolGrad', { dy: y, input: x }, attributes));
  }
}
