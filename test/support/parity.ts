import { compose, network, type NetworkTask } from '@txsim/core';
import { convertToAnalog, digitalModel, MultiHeadAttention } from '@txsim/layers';
import { fillNormal, randomStream } from '@txsim/ops';
import { crossEntropy } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { arrayModel } from '@txsim/array';
import { make } from '@txsim/plugin-testkit';
import { sgd } from '@txsim/trainers';
import { laboratory, labStack, values } from './laboratory.js';

/** A network to be compared with itself on ideal arrays. */
export interface Compared {
  readonly task: NetworkTask;
  /** A `network` of a stack; a depthwise network of its own where there is none. */
  readonly use?: Readonly<Record<string, unknown>> & { readonly use: string };
  readonly build?: (task: NetworkTask) => tf.LayersModel;
  /** Inputs are whole numbers below the classes. */
  readonly characters?: boolean;
  /** Learning rate; absent: 0.01. */
  readonly rate?: number;
}

/** Separable blocks as MobileNet has them: depthwise 3×3, pointwise 1×1, each with normalisation and ReLU6. */
export function depthwiseNetwork({ inputShape, classes }: NetworkTask): tf.LayersModel {
  const { layers } = tf;
  const kernel = (seed: number) => tf.initializers.heNormal({ seed });
  const block = (name: string, filters: number, strides: number, seed: number): tf.layers.Layer[] => [
    layers.depthwiseConv2d({ name: `${name}_depthwise`, kernelSize: 3, strides, padding: 'same', useBias: false, depthwiseInitializer: kernel(seed) }), // prettier-ignore
    layers.batchNormalization({ name: `${name}_a` }),
    layers.reLU({ name: `${name}_a_relu`, maxValue: 6 }),
    layers.conv2d({ name: `${name}_pointwise`, filters, kernelSize: 1, useBias: false, kernelInitializer: kernel(seed + 1) }), // prettier-ignore
    layers.batchNormalization({ name: `${name}_b` }),
    layers.reLU({ name: `${name}_b_relu`, maxValue: 6 }),
  ];
  return tf.sequential({
    layers: [
      layers.conv2d({ name: 'stem', inputShape: [...inputShape], filters: 8, kernelSize: 3, padding: 'same', kernelInitializer: kernel(1) }), // prettier-ignore
      ...block('one', 12, 1, 2),
      ...block('two', 16, 2, 4),
      layers.globalAveragePooling2d({ name: 'pool' }),
      layers.dense({ name: 'logits', units: classes, kernelInitializer: kernel(6) }),
    ],
  });
}

/** One block of an encoder over characters: attention and two dense layers, each added to its input and normalised. */
export function encoderNetwork({ inputShape, classes }: NetworkTask): tf.LayersModel {
  const { layers } = tf;
  const width = 16;
  const kernel = (seed: number) => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
  const to = (layer: tf.layers.Layer, ...x: tf.SymbolicTensor[]): tf.SymbolicTensor =>
    layer.apply(x.length === 1 ? x[0]! : x) as tf.SymbolicTensor;
  const input = tf.input({ shape: [...inputShape] });
  const embedded = to(layers.embedding({ name: 'embedding', inputDim: classes, outputDim: width, embeddingsInitializer: tf.initializers.randomNormal({ seed: 1 }) }), input); // prettier-ignore
  const attended = to(new MultiHeadAttention({ name: 'attention', numHeads: 4, keyDim: 4, ...kernel(2) }), embedded); // prettier-ignore
  const normal = to(layers.layerNormalization({ name: 'normal_a' }), to(layers.add({ name: 'add_a' }), embedded, attended)); // prettier-ignore
  const hidden = to(layers.dense({ name: 'hidden', units: 2 * width, activation: 'relu', ...kernel(3) }), normal); // prettier-ignore
  const back = to(layers.dense({ name: 'back', units: width, ...kernel(4) }), hidden);
  const sum = to(layers.layerNormalization({ name: 'normal_b' }), to(layers.add({ name: 'add_b' }), normal, back)); // prettier-ignore
  const mean = to(layers.globalAveragePooling1d({ name: 'mean' }), sum);
  return tf.model({ inputs: input, outputs: to(layers.dense({ name: 'logits', units: classes, ...kernel(5) }), mean) }); // prettier-ignore
}

const BATCH = 4;

/** Off by this factor, at random, a weight is another number in float32 and no more. */
const ROUNDING = 1e-7;
/**
 * How far outputs (relative to the largest) and losses (relative to themselves) are apart in some training steps, analog
 * and digital; and `chaos`, how far the losses of a digital copy are whose weights are rounded otherwise: networks on
 * small batches are chaotic, and nothing can follow them closer than they follow themselves.
 */
export async function compare({ task, use, build, characters, rate = 0.01 }: Compared, steps: number) {
  const simulation = compose(
    labStack({ mapping: { use: 'mapping', rows: 64, columns: 64 } }, use ? { network: use } : {}),
    laboratory(),
  );
  const digital = await (build ? build(task) : simulation.resolve(network).build(task));
  const analog = await convertToAnalog(digital, arrayModel(simulation));
  const copy = await (build ? build(task) : simulation.resolve(network).build(task));
  copy.setWeights(digital.getWeights().map((w, i) => tf.mul(w, tf.add(1, tf.randomNormal(w.shape, 0, ROUNDING, 'float32', i))))); // prettier-ignore
  const learner = make(sgd, { config: { learningRate: rate, batchSize: BATCH } });
  const batch = (step: number) => {
    const numbers = new Float32Array(task.inputShape.reduce((a, b) => a * b, BATCH));
    fillNormal(randomStream(1, 'parity'), step, 0, numbers);
    const features = characters ? numbers.map((v) => Math.abs(Math.trunc(4 * v)) % task.classes) : numbers;
    const labels = Int32Array.from({ length: BATCH }, (_, i) => (i + step) % task.classes);
    const y = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), task.classes).toFloat() as tf.Tensor2D);
    return { x: tf.tensor(features, [BATCH, ...task.inputShape]), y, labels };
  };
  const { x } = batch(0);
  const [a, d] = [analog.network, digital].map((of) => values(of.predict(x) as tf.Tensor)) as [
    number[],
    number[],
  ];
  const outputs = Math.max(...a.map((v, i) => Math.abs(v - d[i]!))) / Math.max(...d.map(Math.abs));
  let [losses, chaos] = [0, 0];
  const trace: number[] = [];
  for (let step = 0; step < steps; step++) {
    const learned = batch(step);
    const [found, wanted, rounded] = [analog, digitalModel(digital), digitalModel(copy)].map((model) => {
      const loss = learner.step(model, () => crossEntropy(model.network, learned));
      return values(loss)[0]!;
    }) as [number, number, number];
    tf.dispose([learned.x, learned.y]);
    chaos = Math.max(chaos, Math.abs(rounded - wanted) / wanted);
    losses = Math.max(losses, Math.abs(found - wanted) / wanted);
    trace.push(wanted);
  }
  const { matrices } = analog;
  analog.dispose();
  digital.dispose();
  copy.dispose();
  return { outputs, losses, chaos, trace, matrices: matrices.length };
}
