import * as tf from '@tensorflow/tfjs';
import { asMatrix } from '../kernel/arrangement.js';
import type { AttentionLayer, Projection } from './multi-head-attention.js';
// Registers the class that is extended here.
import './multi-head-attention.js';
import { onArrays } from './on-arrays.js';

/**
 * Attention whose projections of queries, keys, values and outputs are on crossbars, all heads of one side by side. Scores,
 * softmax and the sums of values multiply signals with signals, and are digital.
 */
export class AnalogMultiHeadAttention extends onArrays<AttentionLayer>(
  'MultiHeadAttention',
  {
    'query/kernel': (_, shape) => asMatrix(shape, shape[0]),
    'key/kernel': (_, shape) => asMatrix(shape, shape[0]),
    'value/kernel': (_, shape) => asMatrix(shape, shape[0]),
    'attention_output/kernel': (_, shape) => asMatrix(shape),
  },
  ['scores', 'softmax', 'sums of values'],
) {
  static readonly className = 'AnalogMultiHeadAttention';

  override product(projection: Projection, x: tf.Tensor): tf.Tensor {
    return this.kernels[`${projection}/kernel`]!.product(x);
  }
}

tf.serialization.registerClass(AnalogMultiHeadAttention);
