import { arrayModel, LearningMatrix, type ArrayModel } from '@txsim/array';
import { compose, parseStack, type Plugin, type StackInput } from '@txsim/core';
import { activateBackend, completeStack } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { standardRegistry } from './standard-plugins.js';

/** The `stack` section of a stack file; devices are ideal and mapped to pairs where it does not say. */
export type Arrays = Partial<StackInput['stack']>;

/** What the arrays of a matrix need to know of the run around them. */
export interface ArrayOptions extends Pick<StackInput, 'seed' | 'backend' | 'operations'> {
  readonly plugins?: readonly Plugin[];
  /** The name that random streams hang on. */
  readonly name?: string;
}

/**
 * The arrays that a `stack` section describes, for `convertToAnalog` and `LearningMatrix`; makes its backend current.
 *
 * @throws StackError if the section is wrong, PluginError if the backend does not run here
 */
export async function makeArrays(arrays: Arrays = {}, options: ArrayOptions = {}): Promise<ArrayModel> {
  const { plugins, name: _, ...rest } = options;
  const registry = standardRegistry(plugins);
  const stack = parseStack({
    dataset: { use: 'mnist' },
    network: { use: 'mlp' },
    trainer: { use: 'trainers/sgd' },
    stack: { device: { use: 'device-models/ideal' }, mapping: { use: 'mapping' }, ...arrays },
    ...rest,
  });
  const model = arrayModel(compose(completeStack(stack), registry));
  await activateBackend(registry, stack.backend);
  return model;
}

/** Weights W[inputs, outputs] on arrays: `forward(x)`, `backward(d)`, `update(x, d, rate)`, `program(w)`, `read()`. */
export async function analogMatrix(
  weights: tf.Tensor2D | number[][],
  arrays: Arrays = {},
  options: ArrayOptions = {},
): Promise<LearningMatrix> {
  const model = await makeArrays(arrays, options);
  const tensor = weights instanceof tf.Tensor ? weights : tf.tensor2d(weights);
  return LearningMatrix.create(model, { name: options.name ?? 'matrix', weights: tensor });
}
