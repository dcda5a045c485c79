import { LearningMatrix } from '@txsim/array';
import { conductanceRange } from '@txsim/core';
import { mnist } from '@txsim/plugin-mnist';
import { make } from '@txsim/plugin-testkit';
import { makeArrays } from '@txsim/simulator';
import * as tf from '@tensorflow/tfjs';
import { glibcRandom } from './glibc-random.js';
import { installed } from './installed.js';

/** A preset of `device-models`, and what is other than there. */
export interface NeurosimDevice extends Readonly<Record<string, unknown>> {
  readonly use: string;
}

/** Images that are learned between two looks at the test images. */
const IMAGES_PER_EPOCH = 8000;

const SHAPES = [
  [400, 100],
  [100, 10],
] as const;
/** α of the two layers. */
const RATES = [0.4, 0.2] as const;
const READ_VOLTAGE = 0.5;
/** One half and what is above fires: a converter would round just one half to 0. */
const FIRES = 1 - 2 ** -20;

/** Weights of −1, −2/3 … 1, each as likely, [inputs, outputs] of each layer: those of all published runs. */
function initialWeights(): Float32Array[] {
  const random = glibcRandom(2);
  return SHAPES.map(([inputs, outputs]) => {
    const w = new Float32Array(inputs * outputs);
    for (let j = 0; j < outputs; j++)
      for (let i = 0; i < inputs; i++) w[i * outputs + j] = ((random.next().value % 7) - 3) / 3;
    return w;
  });
}

/** Those of a layer less a shift. */
const initial = (layer: number, shift = 0): tf.Tensor2D =>
  tf.tensor2d(
    initialWeights()[layer]!.map((w) => Math.max(-1, w - shift)),
    [...SHAPES[layer]!],
  );

/**
 * One array per layer, binary inputs, a reference column. The currents of a column and of the reference are each converted to
 * one of 255 levels of what all devices of a column together could make; errors go back digitally, by the weights themselves.
 * NeuroSim's first conductances are (w + 1)/2 · (gMax − gMin), without gMin: what learns from small windows depends on it.
 */
async function onDevices(device: NeurosimDevice, layer: number, seed: number): Promise<LearningMatrix> {
  const [inputs, outputs] = SHAPES[layer]!;
  const window = (await makeArrays({ device })).device.product;
  const range = conductanceRange(window);
  const model = await makeArrays(
    {
      device,
      mapping: { use: 'mapping/offset', subtract: 'digital', rows: inputs, columns: outputs, weightRange: 1 },
      dac: { use: 'circuit-models/uniform-dac', bits: 2, scale: FIRES, readVoltage: READ_VOLTAGE },
      adc: { use: 'circuit-models/uniform-adc', bits: 9, range: inputs * range * READ_VOLTAGE },
      updateRule: { use: 'trainers/neurosim' },
    },
    { seed, operations: { backward: 'digital' } },
  );
  const weights = initial(layer, (2 * window.gMin) / range);
  return LearningMatrix.create(model, { name: `layer${layer}`, weights });
}

/** The same weights as numbers, clipped to ±1. */
async function inSoftware(layer: number): Promise<LearningMatrix> {
  const model = await makeArrays(
    { mapping: { use: 'mapping/offset', weightRange: 1, rows: 400, columns: 100 } },
    { operations: { forward: 'digital', backward: 'digital', update: 'digital' } },
  );
  return LearningMatrix.create(model, { name: `layer${layer}`, weights: initial(layer) });
}

const digits = () => make(mnist, { config: { crop: 20, binarize: 0.5 }, ...installed }).load();

/**
 * Trains 400-100-10 with sigmoids on Σ (o − y)², one image after the other, picked at random: black and white, from the
 * middle of an MNIST image. On devices hidden units pass on 1 or 0, and learn as if they passed on what they hold.
 *
 * First weights and the order of images are those of the published runs, which draw them by `rand()` from seeds of their own:
 * where steps are large, an accuracy depends on them by many percent. What a seed changes is the devices' noise.
 *
 * Source: MLP+NeuroSim 3.0, its manual and the code of its release in February 2019, at its defaults, but for two things:
 * access transistors have no resistance, and what comes into a unit is Σ w x, not half of it as in that code. With the half,
 * EpiRAM would come behind GST PCM, which is not what the table says.
 *
 * @param seed of the noise of devices
 * @param device absent: in software, where nothing is drawn
 * @returns the accuracy on the 10,000 test images after each epoch
 */
export async function trainAsNeurosim(
  seed: number,
  epochs: number,
  device?: NeurosimDevice,
): Promise<number[]> {
  const open = (layer: number) => (device ? onDevices(device, layer, seed) : inSoftware(layer));
  const [first, second] = [await open(0), await open(1)];
  const { train, test } = await digits();
  const wanted = tf.tidy(() => tf.split(tf.eye(10), 10) as tf.Tensor2D[]);

  const learn = (x: tf.Tensor2D, y: tf.Tensor2D): void => {
    const h = tf.sigmoid<tf.Tensor2D>(first.forward(x));
    const o = tf.sigmoid<tf.Tensor2D>(second.forward(h));
    const d2 = tf.mul<tf.Tensor2D>(tf.mul(tf.sub(o, y), 2), tf.mul(o, tf.sub(1, o)));
    const d1 = tf.mul<tf.Tensor2D>(second.backward(d2), tf.mul(h, tf.sub(1, h)));
    first.update(x, d1, RATES[0]);
    second.update(h, d2, RATES[1]);
  };
  const images = (from: typeof train, indices: ArrayLike<number>) => {
    const { features, labels } = from.samples(indices);
    const x = (k: number, count: number): tf.Tensor2D =>
      tf.tensor2d(features.subarray(400 * k, 400 * (k + count)), [count, 400]);
    return { x, labels };
  };
  const everyTest = Array.from({ length: test.size }, (_, i) => i);
  const accuracy = (): number => {
    const { x, labels } = images(test, everyTest);
    let right = 0;
    for (let k = 0; k < test.size; k += 1000) {
      const classes = (): tf.Tensor => tf.argMax(second.forward(tf.sigmoid(first.forward(x(k, 1000)))), 1);
      tf.tidy(() => classes().dataSync()).forEach((label, i) => (right += Number(label === labels[k + i])));
    }
    return right / test.size;
  };

  const reached: number[] = [];
  const order = glibcRandom(0);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const picks = Array.from({ length: IMAGES_PER_EPOCH }, () => order.next().value % train.size);
    const { x, labels } = images(train, picks);
    labels.forEach((label, k) => tf.tidy(() => learn(x(k, 1), wanted[label]!)));
    reached.push(accuracy());
  }
  tf.dispose(wanted);
  for (const layer of [first, second]) layer.dispose();
  return reached;
}
