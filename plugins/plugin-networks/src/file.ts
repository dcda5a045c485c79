import { network, PluginError, type NetworkTask } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { readable } from './keras.js';

/** A network that was saved by tfjs, or converted from Keras by `tensorflowjs_converter`. */
export const file = network({
  id: 'file',
  description: 'A tfjs layers model from a model.json, with its weights; a softmax at its end is taken off.',
  config: z.strictObject({
    path: z.string().min(1).default('model.json').describe('the model.json; its weight files lie beside it'),
  }),
  create: ({ config: { path }, readFile }) => {
    const open = (name: string): Promise<Uint8Array> =>
      readFile(name).catch((cause: Error) => fail(name, `cannot be read: ${cause.message}`));
    return {
      build: async (task) => {
        const saved = parse(path, await open(path));
        const weightsManifest = saved.weightsManifest ?? [];
        const folder = path.slice(0, path.search(/[^\\/]*$/));
        const shards: Uint8Array[] = [];
        for (const name of weightsManifest.flatMap(({ paths }) => paths)) shards.push(await open(folder + name)); // prettier-ignore
        const handler = tf.io.fromMemory({
          modelTopology: readable(path, saved.modelTopology as { model_config?: object }),
          weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
          weightData: joined(shards),
        });
        const model = await tf
          .loadLayersModel(handler)
          .catch((cause: Error) => fail(path, `is no layers model that tfjs can read: ${cause.message}`));
        check(path, model, task);
        return model;
      },
    };
  },
});

function fail(name: string, detail: string): never {
  throw new PluginError('STACK_INVALID', name, detail);
}

function parse(path: string, bytes: Uint8Array): tf.io.ModelJSON {
  try {
    const saved = JSON.parse(new TextDecoder().decode(bytes)) as tf.io.ModelJSON;
    if (saved.modelTopology) return saved;
  } catch (cause) {
    fail(path, `is not JSON: ${(cause as Error).message}`);
  }
  return fail(path, 'has no modelTopology: expected the model.json of a tfjs layers model');
}

function check(path: string, model: tf.LayersModel, { inputShape, classes }: NetworkTask): void {
  const has = [model.inputs[0]!.shape.slice(1), model.outputs[0]!.shape.slice(1)].map((s) => `[${s.join(', ')}]`); // prettier-ignore
  const wants = [[...inputShape], [classes]].map((s) => `[${s.join(', ')}]`);
  if (has.join() !== wants.join() || model.inputs.length > 1 || model.outputs.length > 1) {
    fail(path, `maps ${has.join(' to ')}, the data set needs ${wants.join(' to ')}`);
  }
}

function joined(shards: readonly Uint8Array[]): ArrayBuffer {
  const whole = new Uint8Array(shards.reduce((sum, shard) => sum + shard.length, 0));
  let at = 0;
  for (const shard of shards) {
    whole.set(shard, at);
    at += shard.length;
  }
  return whole.buffer;
}
