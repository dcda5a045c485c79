/**
 * A training step on crossbars against the ideal digital step of the same engine, both through the public API, side by
 * side in one process: `npm run build && node packages/simulator/bench/training-step.mjs`. One thread, wasm engine.
 */
import { compose, parseStack, trainer } from '@txsim/core';
import { convertToAnalog, digitalModel } from '@txsim/layers';
import { makeArrays, standardRegistry } from '@txsim/simulator';
import * as tf from '@tensorflow/tfjs';

tf.enableProdMode();

export const ARRAYS = {
  device: { use: 'device-models/asymmetric-nonlinear', gMin: 1e-6, gMax: 1e-5, nu: 0.1 },
  mapping: { use: 'mapping/differential-pair', rows: 64, columns: 64 },
  dac: { use: 'circuit-models/uniform-dac', bits: 8 },
  adc: { use: 'circuit-models/uniform-adc', bits: 8 },
  wire: { use: 'wire-resistance', row: 2.5, column: 2.5, source: 500, sink: 100 },
  nonIdealities: [
    { use: 'device-variation', sigma: 0.05 },
    { use: 'write-noise', gamma: 3 },
    { use: 'limited-levels', levels: 1024 },
    { use: 'read-noise', sigma: 0.01 },
  ],
};

const dense = (units, rest = {}) => tf.layers.dense({ units, ...rest });
const conv = (filters, rest = {}) =>
  tf.layers.conv2d({ filters, kernelSize: 5, activation: 'relu', ...rest });
const pool = () => tf.layers.maxPooling2d({ poolSize: 2 });

const mlp = () =>
  tf.sequential({
    layers: [
      dense(256, { inputShape: [784], activation: 'relu' }),
      dense(128, { activation: 'relu' }),
      dense(10),
    ],
  });
const lenet = () =>
  tf.sequential({
    layers: [
      conv(16, { inputShape: [28, 28, 1] }),
      pool(),
      conv(32),
      pool(),
      tf.layers.flatten(),
      dense(128, { activation: 'relu' }),
      dense(10),
    ],
  });
const convolution = () =>
  tf.sequential({
    layers: [
      conv(64, { inputShape: [32, 32, 64], kernelSize: 3, padding: 'same', activation: 'linear' }),
      tf.layers.globalAveragePooling2d({}),
    ],
  });

export const CASES = [
  { name: 'MLP 784-256-128-10, batch 64', make: mlp, shape: [784], batch: 64, classes: 10, steps: 300 },
  { name: 'MLP 784-256-128-10, batch 128', make: mlp, shape: [784], batch: 128, classes: 10, steps: 200 },
  {
    name: 'LeNet (16, 32 5×5; 128-10), batch 64',
    make: lenet,
    shape: [28, 28, 1],
    batch: 64,
    classes: 10,
    steps: 40,
  },
  {
    name: 'Conv2D 64→64 3×3 on 32×32, batch 16',
    make: convolution,
    shape: [32, 32, 64],
    batch: 16,
    classes: 64,
    steps: 10,
  },
];

const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))];
const median = (values) => quantile(values, 0.5);

/** Median milliseconds of an analog and a digital step, taken in turns, and the quartiles of the ratio of neighbours. */
export async function measure({ make, shape, batch, classes, steps }, arrays = ARRAYS) {
  const model = await makeArrays(arrays);
  const stack = parseStack({
    dataset: { use: 'mnist' },
    network: { use: 'mlp' },
    stack: arrays,
    trainer: { use: 'trainers/sgd' },
  });
  const learn = compose(stack, standardRegistry()).resolve(trainer);
  const digital = make();
  const analog = await convertToAnalog(digital, model);
  const x = tf.randomUniform([batch, ...shape], 0, 1, 'float32', 1);
  const y = tf.oneHot(
    tf.tensor1d(
      Array.from({ length: batch }, (_, i) => i % classes),
      'int32',
    ),
    classes,
  );
  const step = async (participant) => {
    const started = performance.now();
    const loss = learn.step(participant, () =>
      tf.losses.softmaxCrossEntropy(y, participant.network.apply(x, { training: true })),
    );
    await loss.data();
    loss.dispose();
    return performance.now() - started;
  };
  const times = { analog: [], digital: [] };
  for (let i = 0; i < steps + 5; i++) {
    const [a, d] = [await step(analog), await step(digitalModel(digital))];
    if (i >= 5) {
      times.analog.push(a);
      times.digital.push(d);
    }
  }
  analog.dispose();
  digital.dispose();
  tf.dispose([x, y]);
  const ratios = times.analog.map((ms, i) => ms / times.digital[i]);
  return {
    analog: median(times.analog),
    digital: median(times.digital),
    ratio: { low: quantile(ratios, 0.25), median: median(ratios), high: quantile(ratios, 0.75) },
  };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const only = process.argv[2];
  for (const one of CASES.filter(({ name }) => !only || name.includes(only))) {
    const { analog, digital, ratio } = await measure(one);
    const spread = `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`;
    console.log(
      `${one.name}: analog ${analog.toFixed(2)} ms, digital ${digital.toFixed(2)} ms, ratio ${ratio.median.toFixed(2)} (quartiles ${spread})`,
    );
  }
}
