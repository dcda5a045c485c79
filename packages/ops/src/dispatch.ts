import * as tf from '@tensorflow/tfjs';

/** Tensors by name. */
export type NamedTensors = Readonly<Record<string, tf.Tensor>>;

/**
 * Runs a kernel where the current backend has one (a backend plugin registers it), and the reference composition of
 * tfjs operations elsewhere. Both give the same numbers to rounding; every kernel is tested against its reference.
 */
export function dispatch<Result extends tf.Tensor | tf.Tensor[] = tf.Tensor>(
  kernel: string,
  inputs: NamedTensors,
  attributes: object,
  reference: () => Result,
): Result {
  if (!tf.getKernel(kernel, tf.getBackend())) return tf.tidy(reference);
  return tf
    .engine()
    .runKernel(kernel, inputs as tf.NamedTensorMap, attributes as unknown as tf.NamedAttrMap) as Result;
}
