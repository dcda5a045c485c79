import * as tf from '@tensorflow/tfjs';

/**
 * Mean cross-entropy of logits z and labels y, both [batch, classes], nats:
 *
 *     L = −(1/batch) Σ y · log softmax(z),   ∂L/∂z = (softmax(z) − y) / batch
 *
 * The numbers of `tf.losses.softmaxCrossEntropy`, which also forms the gradient of y: half of what it calls is not needed.
 */
export function softmaxCrossEntropy(y: tf.Tensor2D, z: tf.Tensor2D): tf.Scalar {
  const [batch] = z.shape;
  const ofLogits = tf.customGrad((...args) => {
    const [logits, save] = args as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    const logSoftmax = tf.sub<tf.Tensor2D>(logits, tf.logSumExp(logits, 1, true));
    save([logSoftmax]);
    return {
      value: tf.div<tf.Scalar>(tf.sum(tf.sum(tf.mul(y, logSoftmax), 1)), -batch),
      gradFunc: (dy, [saved]) => tf.mul(tf.sub(tf.exp(saved!), y), tf.div(dy as tf.Scalar, batch)),
    };
  });
  return ofLogits(z) as tf.Scalar;
}
