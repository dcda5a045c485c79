import { make } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { file } from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

/** A model as tfjs saves it, in files of a folder that is not there. */
async function saved(): Promise<{ model: tf.LayersModel; files: Record<string, Uint8Array> }> {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ name: 'hidden', units: 4, inputShape: [3], activation: 'relu' }),
      tf.layers.dense({ name: 'output', units: 2, activation: 'softmax' }),
    ],
  });
  let artifacts: tf.io.ModelArtifacts = {};
  await model.save(tf.io.withSaveHandler(async (a) => {
    artifacts = a;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  })); // prettier-ignore
  const weights = new Uint8Array(artifacts.weightData as ArrayBuffer);
  const half = 20;
  const json = {
    modelTopology: artifacts.modelTopology,
    weightsManifest: [{ paths: ['a.bin', 'b.bin'], weights: artifacts.weightSpecs }],
  };
  return {
    model,
    files: {
      'some/model.json': new TextEncoder().encode(JSON.stringify(json)),
      'some/a.bin': weights.subarray(0, half),
      'some/b.bin': weights.subarray(half),
      'some/broken.json': new TextEncoder().encode('{'),
      'some/other.json': new TextEncoder().encode('{}'),
    },
  };
}
const open = (files: Record<string, Uint8Array>, path: string) =>
  make(file, {
    config: { path },
    readFile: (name) => (files[name] ? Promise.resolve(files[name]) : Promise.reject(new Error('ENOENT'))),
  });
const TASK = { inputShape: [3], classes: 2 };

test('a saved model comes with its weights, and gives logits', async () => {
  const { model, files } = await saved();
  const loaded = await open(files, 'some/model.json').build(TASK);
  const x = tf.tensor2d([[0.5, -1, 2]]);
  const probabilities = await tf.softmax(loaded.predict(x) as tf.Tensor2D).data();
  const wanted = await (model.predict(x) as tf.Tensor).data();
  probabilities.forEach((p, i) => expect(p).toBeCloseTo(wanted[i]!, 6));
});

test.each([
  ['model.json', { inputShape: [4], classes: 2 }, 'maps [3] to [2], the data set needs [4] to [2]'],
  ['nothing.json', TASK, 'STACK_INVALID [some/nothing.json] cannot be read: ENOENT'],
  ['broken.json', TASK, 'is not JSON'],
  ['other.json', TASK, 'has no modelTopology'],
])('%s for %j is refused by its name', async (name, task, message) => {
  const { files } = await saved();
  await expect(open(files, `some/${name}`).build(task)).rejects.toThrow(message);
});

test('groups of a layer that cannot have them are refused by their layer', async () => {
  const { files } = await saved();
  const json = JSON.parse(new TextDecoder().decode(files['some/model.json'])) as {
    modelTopology: { config: { layers: { config: object }[] } };
  };
  Object.assign(json.modelTopology.config.layers[0]!.config, { groups: 2 });
  const grouped = { ...files, 'some/model.json': new TextEncoder().encode(JSON.stringify(json)) };
  await expect(open(grouped, 'some/model.json').build(TASK)).rejects.toThrow(
    'STACK_INVALID [some/model.json] hidden: groups of a Dense cannot be read',
  );
});
