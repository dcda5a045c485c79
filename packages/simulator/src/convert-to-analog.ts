import type { ArrayModel } from '@txsim/array';
import { convertToAnalog as convert, type AnalogNetwork, type LayerChoice } from '@txsim/layers';
import type * as tf from '@tensorflow/tfjs';
import { makeArrays, type ArrayOptions, type Arrays } from './analog-matrix.js';

/** Which layers go on which arrays, and the run around them. */
export interface ConvertOptions extends LayerChoice, Omit<ArrayOptions, 'name'> {
  /** What is other for some layers, by name: parts of a `stack` section, or arrays. */
  readonly perLayer?: Readonly<Record<string, Arrays | ArrayModel>>;
  /** Of the samples, without the batch dimension, where the network leaves it open. */
  readonly inputShape?: readonly number[];
  /** Told of layers that stay digital; absent: the console. */
  readonly warn?: (message: string) => void;
}

// eslint-disable-next-line no-console -- where nobody listens, the user still hears of it
const onConsole = (message: string): void => console.warn(message);

/**
 * A copy of a tfjs network on crossbars: `compile`, `fit`, `evaluate` and `predict` of its `network` work as ever, and
 * what the optimiser asks reaches the devices. Layers that have no analog form stay digital, and are told.
 *
 * @param stack the `stack` section of a stack file, or arrays from `makeArrays`
 * @throws StackError if the section is wrong, PluginError if an option names a layer that is not there
 */
export async function convertToAnalog(
  model: tf.LayersModel,
  stack: Arrays | ArrayModel = {},
  options: ConvertOptions = {},
): Promise<AnalogNetwork> {
  const { include, exclude, inputShape, perLayer = {}, warn = onConsole, ...around } = options;
  const base = isArrays(stack) ? {} : stack;
  const make = async (part: Arrays | ArrayModel): Promise<ArrayModel> =>
    isArrays(part) ? part : makeArrays({ ...base, ...part }, around);
  const arrays = await make(stack);
  const own: Record<string, ArrayModel> = {};
  for (const [name, part] of Object.entries(perLayer)) own[name] = await make(part);
  const analog = await convert(model, arrays, { include, exclude, inputShape, perLayer: own });
  for (const layer of analog.digital) warn(`${layer} has no analog form and stays digital`);
  return analog;
}

/** Arrays are made of products; a section names contributions. */
const isArrays = (stack: Arrays | ArrayModel): stack is ArrayModel => 'seed' in stack;
