import * as tf from '@tensorflow/tfjs';

/** Tensors by name. */
export type NamedTensors = Readonly<Record<string, tf.Tensor>>;

/**
 * Runs a kernel where the current backend has one (a backend plugin registers it), and the reference composition of
 * tfjs operations elsewhere. Both give the same numbers to rounding; every kernel is tested against its reference.
 */
export const dispatch = (
  kernel: string,
  inputs: NamedTensors,
  attributes: object,
  reference: () => tf.Tensor,
): tf.Tensor => run(kernel, inputs, attributes, reference) as tf.Tensor;

/** The same for an operation with several results. */
export const dispatchAll = (
  kernel: string,
  inputs: NamedTensors,
  attributes: object,
  reference: () => tf.Tensor[],
): tf.Tensor[] => run(kernel, inputs, attributes, reference) as tf.Tensor[];

function run(
  kernel: string,
  inputs: NamedTensors,
  attributes: object,
  reference: () => tf.TensorContainer,
): tf.Tensor | tf.Tensor[] {
  if (!tf.getKernel(kernel, tf.getBackend())) return tf.tidy(reference) as tf.Tensor | tf.Tensor[];
  return tf.engine().runKernel(kernel, inputs as tf.NamedTensorMap, attributes as unknown as tf.NamedAttrMap);
}
