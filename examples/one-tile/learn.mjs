// One crossbar learns to tell two noisy patterns apart: node examples/one-tile/learn.mjs
import * as tf from '@tensorflow/tfjs';
import { analogMatrix } from '@txsim/simulator';

tf.enableProdMode();

// Eight inputs, two outputs: sixteen weights, each a pair of devices in an array with wires, converters and noise.
const zeros = Array.from({ length: 8 }, () => [0, 0]);
const matrix = await analogMatrix(zeros, {
  device: { use: 'device-models/asymmetric-nonlinear', gMin: 1e-6, gMax: 1e-5, nu: 1 },
  mapping: { use: 'mapping/differential-pair', weightRange: 2 },
  dac: { use: 'circuit-models/uniform-dac', bits: 6 },
  adc: { use: 'circuit-models/uniform-adc', bits: 6, range: 'maximal' },
  wire: { use: 'wire-resistance', row: 5, column: 5 },
  nonIdealities: [
    { use: 'device-variation', sigma: 0.1 },
    { use: 'write-noise', gamma: 2 },
  ],
});

const patterns = tf.tensor2d([
  [1, 1, 0, 0, 1, 1, 0, 0],
  [0, 1, 1, 0, 0, 1, 1, 0],
]);
const targets = tf.tensor2d([
  [1, 0],
  [0, 1],
]);

for (let step = 0; step <= 60; step++) {
  const error = tf.tidy(() => {
    const x = patterns.add(tf.randomNormal([2, 8], 0, 0.1, 'float32', step + 1));
    const y = matrix.forward(x); // DAC → arrays → ADC
    const d = y.sub(targets); // the gradient of the squared error
    matrix.update(x, d, 0.1); // in the arrays, device by device
    return d.square().mean();
  });
  if (step % 10 === 0) console.log(`step ${step}: mean squared error ${(await error.data())[0].toFixed(4)}`);
  error.dispose();
}
const [w] = await matrix.read().array();
console.log(`weights of the first input: ${w.map((v) => v.toFixed(3)).join(', ')}`);
