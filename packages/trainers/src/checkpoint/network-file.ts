import type { ArrayModel } from '@txsim/array';
import {
  convertToAnalog,
  digitalTopology,
  isOnArrays,
  leavesOf,
  productsOf,
  type AnalogNetwork,
  type ConversionOptions,
} from '@txsim/layers';
import * as tf from '@tensorflow/tfjs';
import { modelTensors, restore } from './checkpoint.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

const PREFIX = 'network';

/** What of a network is not in tensors. */
interface Description {
  readonly topology: tf.io.ModelJSON;
  /** Paths of the layers on arrays. */
  readonly include: readonly string[];
  /** wMax by the name of the matrix. */
  readonly weightRanges: Readonly<Record<string, number>>;
}

/** A converted network with the full state of its devices, converters and noise, as the bytes of a safetensors file. */
export async function saveNetwork(analog: AnalogNetwork): Promise<Uint8Array> {
  const layers = leavesOf(analog.network).filter(({ layer }) => isOnArrays(layer));
  const products = productsOf(analog.network);
  const description: Description = {
    topology: digitalTopology(analog.network),
    include: layers.map(({ path }) => path),
    weightRanges: Object.fromEntries(products.map((p) => [p.matrix.name, p.arrays.weightRange])),
  };
  const metadata = { description: JSON.stringify(description) };
  return encodeSafetensors({ tensors: await modelTensors(PREFIX, analog), metadata });
}

/**
 * The network of a file, on arrays of the stack that it was saved with: its next outputs are those that the saved one
 * would have given, to the bit.
 *
 * @throws PluginError CHECKPOINT_INVALID if the file is damaged or does not fit
 */
export async function loadNetwork(
  bytes: Uint8Array,
  arrays: ArrayModel,
  options: Pick<ConversionOptions, 'perLayer'> = {},
  name = 'network',
): Promise<AnalogNetwork> {
  const { tensors, metadata } = await decodeSafetensors(bytes, name);
  const { topology, ...rest } = JSON.parse(metadata['description'] ?? 'null') as Description;
  const digital = await tf.models.modelFromJSON(topology);
  const analog = await convertToAnalog(digital, arrays, { ...options, ...rest });
  digital.dispose();
  await restore({ [PREFIX]: analog }, { tensors });
  return analog;
}
