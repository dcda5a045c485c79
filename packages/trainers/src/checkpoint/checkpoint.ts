import { PluginError, type Stack, type TrainableModel } from '@txsim/core';
import { isOfArrays } from '@txsim/layers';
import * as tf from '@tensorflow/tfjs';
import type { TrainingProgress } from '../training/progress.js';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors.js';

const FORMAT = '1';

/** What helps where a checkpoint cannot be read. */
const AGAIN = 'make the run again: txsim train DIR/run.json';

/** The name of the checkpoint in a run's folder. */
export const CHECKPOINT_FILE = 'checkpoint.safetensors';

/** All that a run needs to go on, beside the plugins that its stack names. */
export interface Checkpoint {
  readonly stack: Stack;
  readonly progress: TrainingProgress;
  readonly versions: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, StoredTensor>>;
}

/** Models by the prefix of their tensors: `analog`, `twin`. */
export type Participants = Readonly<Record<string, TrainableModel>>;

/** The bytes of a checkpoint. */
export async function writeCheckpoint(
  participants: Participants,
  state: Omit<Checkpoint, 'tensors'>,
): Promise<Uint8Array> {
  const tensors: Record<string, StoredTensor> = {};
  for (const [prefix, model] of Object.entries(participants)) {
    Object.assign(tensors, await modelTensors(prefix, model));
  }
  const metadata = {
    format: FORMAT,
    stack: JSON.stringify(state.stack),
    progress: JSON.stringify(state.progress),
    versions: JSON.stringify(state.versions),
  };
  return encodeSafetensors({ tensors, metadata });
}

/** @throws PluginError CHECKPOINT_INVALID naming the file and what is wrong with it */
export async function readCheckpoint(bytes: Uint8Array, name: string = CHECKPOINT_FILE): Promise<Checkpoint> {
  const { tensors, metadata } = await decodeSafetensors(bytes, name);
  if (metadata['format'] !== FORMAT) {
    const detail = `format ${metadata['format'] ?? 'unknown'}, this version reads format ${FORMAT}. Go on with the version of TxSim that wrote it, or ${AGAIN}`;
    throw new PluginError('CHECKPOINT_INVALID', name, detail);
  }
  const parse = <T>(key: string): T => JSON.parse(metadata[key] ?? 'null') as T;
  return { stack: parse('stack'), progress: parse('progress'), versions: parse('versions'), tensors };
}

/** The digital variables of a model and the state of its arrays. */
export async function modelTensors(
  prefix: string,
  { network, matrices }: TrainableModel,
): Promise<Record<string, StoredTensor>> {
  const tensors: Record<string, StoredTensor> = {};
  for (const weight of digitalWeights(network)) {
    tensors[`${prefix}/variables/${weight.originalName}`] = await stored(weight.read());
  }
  for (const matrix of matrices) {
    for (const [key, tensor] of Object.entries(matrix.save())) {
      tensors[`${prefix}/arrays/${matrix.name}/${key}`] = await stored(tensor);
      tensor.dispose();
    }
  }
  return tensors;
}

/** What is not on arrays. */
const digitalWeights = (network: tf.LayersModel): tf.LayerVariable[] =>
  network.weights.filter((weight) => !isOfArrays(weight));

/** Puts a checkpoint's tensors into models of the same shape. */
export async function restore(
  participants: Participants,
  { tensors }: Pick<Checkpoint, 'tensors'>,
): Promise<void> {
  const load = (key: string): tf.Tensor => {
    const found = tensors[key];
    if (!found) {
      const detail = `the checkpoint lacks this tensor: it was written by another version, or for another stack or network. Go on with those, or ${AGAIN}`;
      throw new PluginError('CHECKPOINT_INVALID', key, detail);
    }
    return tf.tensor(found.data, [...found.shape], found.dtype);
  };
  for (const [prefix, model] of Object.entries(participants)) {
    for (const weight of digitalWeights(model.network)) {
      const value = load(`${prefix}/variables/${weight.originalName}`);
      weight.write(value);
      value.dispose();
    }
    for (const matrix of model.matrices) {
      const path = `${prefix}/arrays/${matrix.name}/`;
      const keys = Object.keys(tensors).filter((key) => key.startsWith(path));
      const saved = Object.fromEntries(keys.map((key) => [key.slice(path.length), load(key)]));
      await matrix.load(saved);
      tf.dispose(saved);
    }
  }
}

async function stored(tensor: tf.Tensor): Promise<StoredTensor> {
  const dtype = tensor.dtype === 'int32' ? 'int32' : 'float32';
  return { dtype, shape: tensor.shape, data: (await tensor.data()).slice() as Float32Array };
}
