import * as tf from '@tensorflow/tfjs';
import { GroupedConv2D, MultiHeadAttention } from '../src/index.js';
import { numbers } from './models.js';

/** A network, inputs of it, and the names of the matrices that it becomes. */
interface Kind {
  readonly model: tf.LayersModel;
  readonly x: tf.Tensor;
  readonly matrices: readonly string[];
}

const { layers } = tf;

/** Gives every weight numbers that depend on its place alone. */
function filled(model: tf.LayersModel): tf.LayersModel {
  model.setWeights(model.getWeights().map((w, i) => tf.mul(numbers(w.shape, 40 + i), 0.3)));
  return model;
}

/** A network of one layer, its outputs flattened where they are images or sequences. */
function single(layer: tf.layers.Layer, inputShape: number[]): tf.LayersModel {
  const input = tf.input({ shape: inputShape });
  const output = layer.apply(input) as tf.SymbolicTensor;
  const flat = output.shape.length > 2 ? (layers.flatten({ name: 'flat' }).apply(output) as tf.SymbolicTensor) : output; // prettier-ignore
  return filled(tf.model({ inputs: input, outputs: flat, name: 'kind' }));
}

const recurrent = (layer: tf.layers.Layer): Kind['model'] => single(layer, [4, 3]);
const sequence = (): tf.Tensor => numbers([3, 4, 3]);
const projections = (layer: string): string[] =>
  ['query', 'key', 'value', 'attention_output'].map((of) => `${layer}/${of}/kernel`);
const image = (channels: number): tf.Tensor => numbers([3, 7, 6, channels]);

/** Networks of every layer that has an analog form, and of layers within layers. */
export const KINDS: Readonly<Record<string, () => Kind>> = {
  'a convolution, strided': () => ({
    model: single(layers.conv2d({ name: 'c', filters: 4, kernelSize: [3, 2], strides: [2, 1], padding: 'same' }), [7, 6, 3]), // prettier-ignore
    x: image(3),
    matrices: ['c'],
  }),
  'a convolution in three groups': () => ({
    model: single(new GroupedConv2D({ name: 'g', filters: 6, groups: 3, kernelSize: [3, 2], strides: [1, 2], padding: 'same', activation: 'tanh' } as never), [7, 6, 9]), // prettier-ignore
    x: image(9),
    matrices: ['g/0', 'g/1', 'g/2'],
  }),
  'attention to the sequence itself': () => ({
    model: single(new MultiHeadAttention({ name: 'a', numHeads: 2, keyDim: 3, valueDim: 5, causal: true }), [4, 6]), // prettier-ignore
    x: numbers([3, 4, 6]),
    matrices: projections('a'),
  }),
  'attention to two other sequences, without bias': () => {
    const input = tf.input({ shape: [4, 6] });
    const step = (name: string, units: number): tf.SymbolicTensor =>
      layers.dense({ name, units, activation: 'tanh' }).apply(input) as tf.SymbolicTensor;
    const [query, value, key] = [step('q', 5), step('v', 3), step('k', 4)];
    const layer = new MultiHeadAttention({
      name: 'a',
      numHeads: 3,
      keyDim: 2,
      outputShape: 7,
      useBias: false,
    });
    const attended = layer.apply([query, value, key]) as tf.SymbolicTensor;
    const flat = layers.flatten({ name: 'flat' }).apply(attended) as tf.SymbolicTensor;
    return {
      model: filled(tf.model({ inputs: input, outputs: flat, name: 'kind' })),
      x: numbers([3, 4, 6]),
      matrices: ['q', 'v', 'k', ...projections('a')],
    };
  },
  'a convolution over sequences': () => ({
    model: single(layers.conv1d({ name: 'c', filters: 4, kernelSize: 3, padding: 'same', activation: 'tanh' }), [9, 3]), // prettier-ignore
    x: numbers([3, 9, 3]),
    matrices: ['c'],
  }),
  'a depthwise convolution, two outputs per channel': () => ({
    model: single(layers.depthwiseConv2d({ name: 'd', kernelSize: 2, depthMultiplier: 2, padding: 'same' }), [7, 6, 5]), // prettier-ignore
    x: image(5),
    // Arrays of 16 rows hold four patches of four.
    matrices: ['d/0', 'd/1'],
  }),
  'a depthwise convolution in one array, strided': () => ({
    model: single(layers.depthwiseConv2d({ name: 'd', kernelSize: 2, strides: [2, 2], useBias: false }), [7, 6, 3]), // prettier-ignore
    x: image(3),
    matrices: ['d'],
  }),
  'a separable convolution': () => ({
    model: single(layers.separableConv2d({ name: 's', filters: 4, kernelSize: 3, activation: 'relu' }), [7, 6, 2]), // prettier-ignore
    x: image(2),
    matrices: ['s/depthwise_kernel/0', 's/depthwise_kernel/1', 's/pointwise_kernel'],
  }),
  'a simple recurrent layer': () => ({
    model: recurrent(layers.simpleRNN({ name: 'r', units: 5 })),
    x: sequence(),
    matrices: ['r/kernel', 'r/recurrent_kernel'],
  }),
  'an LSTM that returns its sequence': () => ({
    model: recurrent(layers.lstm({ name: 'r', units: 5, returnSequences: true, recurrentActivation: 'sigmoid' })), // prettier-ignore
    x: sequence(),
    matrices: ['r/kernel', 'r/recurrent_kernel'],
  }),
  'a GRU': () => ({
    model: recurrent(layers.gru({ name: 'r', units: 5 })),
    x: sequence(),
    matrices: ['r/kernel', 'r/recurrent_kernel/0', 'r/recurrent_kernel/1'],
  }),
  'an LSTM in both directions': () => ({
    model: recurrent(layers.bidirectional({ name: 'b', layer: layers.lstm({ name: 'r', units: 4 }) as tf.RNN, mergeMode: 'concat' })), // prettier-ignore
    x: sequence(),
    matrices: ['forward_r', 'backward_r'].flatMap((r) => [`b/${r}/kernel`, `b/${r}/recurrent_kernel`]),
  }),
  'a dense layer at every step': () => ({
    model: recurrent(layers.timeDistributed({ name: 't', layer: layers.dense({ name: 'd', units: 2, activation: 'tanh' }) })), // prettier-ignore
    x: sequence(),
    matrices: ['t/d'],
  }),
  'a layer that is used twice': () => {
    const shared = layers.dense({ name: 'shared', units: 4, activation: 'tanh' });
    const input = tf.input({ shape: [4] });
    const twice = shared.apply(shared.apply(input)) as tf.SymbolicTensor;
    return {
      model: filled(tf.model({ inputs: input, outputs: twice, name: 'kind' })),
      x: numbers([3, 4]),
      matrices: ['shared'],
    };
  },
  'a residual block': () => {
    const convolution = (name: string): tf.layers.Layer =>
      layers.conv2d({ name, filters: 3, kernelSize: 3, padding: 'same', activation: 'relu' });
    const input = tf.input({ shape: [7, 6, 3] });
    const inner = convolution('b').apply(convolution('a').apply(input)) as tf.SymbolicTensor;
    const sum = layers.add({ name: 'sum' }).apply([input, inner]) as tf.SymbolicTensor;
    const pooled = layers.globalAveragePooling2d({ name: 'pool' }).apply(sum) as tf.SymbolicTensor;
    return {
      model: filled(tf.model({ inputs: input, outputs: pooled, name: 'kind' })),
      x: image(3),
      matrices: ['a', 'b'],
    };
  },
  'a network in a network': () => {
    const inner = tf.sequential({ name: 'inner', layers: [layers.dense({ name: 'e', units: 4, inputShape: [3], activation: 'tanh' })] }); // prettier-ignore
    const outer = tf.sequential({ name: 'kind', layers: [inner, layers.dense({ name: 'd', units: 2 })] });
    return { model: filled(outer), x: numbers([3, 3]), matrices: ['inner/e', 'd'] };
  },
  'a regularised layer': () => ({
    model: single(layers.dense({ name: 'd', units: 4, kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }) as never }), [5]), // prettier-ignore
    x: numbers([3, 5]),
    matrices: ['d'],
  }),
  'an embedding before an LSTM': () => ({
    model: filled(
      tf.sequential({
        name: 'kind',
        layers: [
          layers.embedding({ name: 'e', inputDim: 6, outputDim: 3, inputLength: 4 }),
          layers.lstm({ name: 'r', units: 4, dropout: 0, recurrentActivation: 'sigmoid' }),
        ],
      }),
    ),
    x: tf.tensor2d([0, 5, 2, 1, 3, 3, 4, 0, 1, 2, 5, 5], [3, 4]),
    matrices: ['r/kernel', 'r/recurrent_kernel'],
  }),
};
