import { fillUniform, randomStream, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { digits } from './digits.js';
import { throughWires, type SingleDevices } from './single-devices.js';

/** How a network of a hidden layer of 128 is trained on MNIST, Adam at 0.002. */
interface WiredTraining {
  /** Lines of an array, either way. */
  readonly tile: number;
  readonly devices: SingleDevices;
  readonly epochs: number;
  /** Training ends before that with the epoch that has this part of its images right, seen while it learns. */
  readonly enough: number;
}

const SEED = 1;
const BATCH = 128;

const uniforms = (count: number, purpose: string): Float32Array => {
  const values = new Float32Array(count);
  fillUniform(randomStream(SEED, 'wired', purpose), 0, 0, values);
  return values;
};

/** Glorot's, uniform. */
function initial({ inputs, outputs }: TileGrid, layer: number): tf.Variable<tf.Rank.R2> {
  const limit = Math.sqrt(6 / (inputs + outputs));
  const values = uniforms(inputs * outputs, `weights ${layer}`).map((u) => (2 * u - 1) * limit);
  return tf.variable(tf.tensor2d(values, [inputs, outputs]));
}

function shuffled(count: number, epoch: number): number[] {
  const keys = uniforms(count, `order ${epoch}`);
  return [...keys.keys()].sort((a, b) => keys[a]! - keys[b]!);
}

/** Grey values as the published networks had them, mean 0 and deviation 1. */
const normalised = (x: tf.Tensor2D): tf.Tensor2D => tf.div(tf.sub(x, 0.1307), 0.3081);

const hits = (logits: tf.Tensor, y: tf.Tensor): number =>
  tf.sum(tf.equal(tf.argMax(logits, 1), tf.argMax(y, 1))).dataSync()[0]!;

/**
 * Trains, by gradients that go through the wires, and tests with the devices it was trained with and with others.
 *
 * @returns the accuracies on the 10,000 test images
 */
export async function trainThroughWires(training: WiredTraining, others: readonly SingleDevices[] = []) {
  const { tile, devices, epochs, enough } = training;
  const data = await digits();
  const grids = [
    [784, 128],
    [128, 10],
  ].map(([inputs, outputs]): TileGrid => {
    const tileRows = Math.ceil(inputs! / tile);
    const tileColumns = Math.ceil(outputs! / tile);
    return {
      inputs: inputs!,
      outputs: outputs!,
      tileRows,
      tileColumns,
      rows: tile,
      columns: Math.min(tile, outputs!),
    };
  });
  const weights = grids.map(initial);
  const biases = grids.map(({ outputs }) => tf.variable(tf.zeros([outputs])));
  const network = (x: tf.Tensor2D, on: SingleDevices): tf.Tensor2D =>
    weights.reduce((signal, w, layer) => {
      const sums = tf.add(tf.matMul(signal, throughWires(w, grids[layer]!, on)), biases[layer]!);
      return (layer === 0 ? tf.relu(sums) : sums) as tf.Tensor2D;
    }, normalised(x));

  const optimizer = tf.train.adam(0.002);
  let trained = 0;
  let epoch = 0;
  for (; epoch < epochs && trained < enough; epoch++) {
    const order = shuffled(data.trainSize, epoch);
    let right = 0;
    for (let k = 0; k < order.length; k += BATCH) {
      const { x, y } = data.train(order.slice(k, k + BATCH));
      optimizer.minimize(() => {
        const logits = network(x, devices);
        right += hits(logits, y);
        return tf.losses.softmaxCrossEntropy(y, logits);
      });
      tf.dispose([x, y]);
    }
    trained = right / order.length;
    console.log(`${tile}: epoch ${epoch + 1}, training ${(100 * trained).toFixed(2)} %`);
  }

  const accuracy = (on: SingleDevices): number => {
    let right = 0;
    for (let k = 0; k < data.testSize; k += 2000) {
      const { x, y } = data.test(Array.from({ length: 2000 }, (_, i) => k + i));
      right += tf.tidy(() => hits(network(x, on), y));
      tf.dispose([x, y]);
    }
    return right / data.testSize;
  };
  const accuracies = [devices, ...others].map(accuracy);
  tf.dispose([weights, biases]);
  optimizer.dispose();
  return { accuracy: accuracies[0]!, others: accuracies.slice(1), epochs: epoch, trained };
}
