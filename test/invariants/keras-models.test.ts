import { convertToAnalog, GroupedConv2D, MultiHeadAttention } from '@txsim/layers';
import { file } from '@txsim/plugin-networks';
import { make } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { gaussian, labArrays, values } from '../support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

interface Saved {
  readonly modelTopology: { config: { layers: Layer[] } };
  readonly weights: Uint8Array;
  readonly specs: tf.io.WeightsManifestEntry[];
}
interface Layer {
  class_name: string;
  config: Record<string, unknown>;
  inbound_nodes: unknown[];
}

async function saved(model: tf.LayersModel): Promise<Saved> {
  let artifacts: tf.io.ModelArtifacts = {};
  const handler = tf.io.withSaveHandler(async (given) => {
    artifacts = given;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  });
  await model.save(handler);
  return {
    modelTopology: artifacts.modelTopology as Saved['modelTopology'],
    weights: new Uint8Array(artifacts.weightData as ArrayBuffer),
    specs: artifacts.weightSpecs!,
  };
}

/** Reads a model whose layers have been rewritten as Keras 2 saves them. */
async function read(model: tf.LayersModel, rewrite: (layer: Layer) => void): Promise<tf.LayersModel> {
  const { modelTopology, weights, specs } = await saved(model);
  modelTopology.config.layers.forEach(rewrite);
  const json = JSON.stringify({ modelTopology, weightsManifest: [{ paths: ['w'], weights: specs }] });
  const files: Record<string, Uint8Array> = { 'model.json': new TextEncoder().encode(json), w: weights };
  const network = make(file, { readFile: async (name) => files[name]! });
  const shape = (of: tf.SymbolicTensor): number[] => of.shape.slice(1) as number[];
  return network.build({ inputShape: shape(model.inputs[0]!), classes: shape(model.outputs[0]!)[0]! });
}

async function expectSame(model: tf.LayersModel, again: tf.LayersModel, x: tf.Tensor): Promise<void> {
  const wanted = values(model.predict(x) as tf.Tensor);
  const analog = await convertToAnalog(
    again,
    labArrays({ mapping: { use: 'mapping', rows: 16, columns: 16 } }),
  );
  expect(analog.digital).toEqual([]);
  for (const network of [again, analog.network])
    values(network.predict(x) as tf.Tensor).forEach((v, i) => expect(v).toBeCloseTo(wanted[i]!, 4));
}

/** Attention of a sequence to another one made from it, and its mean. */
function attending(causal: boolean): tf.LayersModel {
  const input = tf.input({ shape: [4, 6], name: 'sequence' });
  const step = (name: string) => tf.layers.dense({ name, units: 6 }).apply(input) as tf.SymbolicTensor;
  const layer = new MultiHeadAttention({ name: 'attention', numHeads: 2, keyDim: 3, causal });
  const attended = layer.apply([input, step('values'), step('keys')]) as tf.SymbolicTensor;
  const mean = tf.layers.globalAveragePooling1d({ name: 'mean' }).apply(attended) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: mean });
}

test.each([false, true])(
  'attention is read as Keras saves it, values and keys by their names; causal: %s',
  async (causal) => {
    const model = attending(causal);
    const again = await read(model, (layer) => {
      if (layer.class_name !== 'MultiHeadAttention') return;
      const { causal: _, ...config } = layer.config;
      layer.config = { ...config, attention_axes: [1], query_shape: [null, 4, 6] };
      const named = { value: ['values', 0, 0], key: ['keys', 0, 0], use_causal_mask: causal };
      layer.inbound_nodes = [[['sequence', 0, 0, named]]];
    });
    await expectSame(model, again, gaussian([3, 24]).reshape([3, 4, 6]));
  },
);

test.each([
  [
    'an attention mask',
    { attention_mask: ['keys', 0, 0] },
    {},
    'attention: an attention mask cannot be read',
  ],
  [
    'other axes',
    {},
    { attention_axes: [2, 3] },
    'attention: attention over the axes 2, 3 cannot be read, only over 1',
  ],
])('attention with %s is refused by its layer', async (_, named, config, message) => {
  const reading = read(attending(false), (layer) => {
    if (layer.class_name !== 'MultiHeadAttention') return;
    Object.assign(layer.config, config);
    layer.inbound_nodes = [[['sequence', 0, 0, { value: ['values', 0, 0], ...named }]]];
  });
  await expect(reading).rejects.toThrow(`STACK_INVALID [model.json] ${message}`);
});

test('a Conv2D with groups is read as Keras saves it', async () => {
  const model = tf.sequential({
    layers: [
      new GroupedConv2D({
        name: 'grouped',
        inputShape: [5, 5, 4],
        filters: 6,
        groups: 2,
        kernelSize: 3,
      } as never),
      tf.layers.globalAveragePooling2d({ name: 'mean' }),
    ],
  });
  const again = await read(model, (layer) => {
    if (layer.class_name === 'GroupedConv2D') layer.class_name = 'Conv2D';
  });
  await expectSame(model, again, gaussian([3, 100]).reshape([3, 5, 5, 4]));
});
