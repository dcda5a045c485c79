import * as tf from '@tensorflow/tfjs';
import { asMatrix } from '../kernel/arrangement.js';
import { onArrays } from './on-arrays.js';
import { biased, dropped, type CellArguments, type RecurrentCell } from './recurrent-cell.js';

/**
 * The cell of an LSTM, x·W and h·U on crossbars of four columns per unit: with z = x·W + h·U + b in four parts,
 * c ← σ(z₁)·c + σ(z₀)·activation(z₂), h ← σ(z₃)·activation(c).
 *
 * Source: Hochreiter & Schmidhuber, Neural Computation 9 (1997), with the forget gate of Gers et al. (2000).
 */
export class AnalogLSTMCell extends onArrays<RecurrentCell>(
  'LSTMCell',
  {
    kernel: (_, shape) => asMatrix(shape),
    recurrent_kernel: (_, shape) => asMatrix(shape),
  },
  ['gates'],
) {
  static readonly className = 'AnalogLSTMCell';

  override call([input, state, carry]: tf.Tensor[], kwargs: CellArguments): tf.Tensor[] {
    return tf.tidy(() => {
      const [x, h] = dropped(this, [input!, state!], kwargs);
      const products = tf.add(
        this.kernels['kernel']!.product(x),
        this.kernels['recurrent_kernel']!.product(h),
      );
      const [z0, z1, z2, z3] = tf.split(biased(this, products), 4, 1);
      const gate = (z: tf.Tensor): tf.Tensor => this.recurrentActivation.apply(z);
      const c = tf.add(tf.mul(gate(z1!), carry!), tf.mul(gate(z0!), this.activation.apply(z2!)));
      const next = tf.mul(gate(z3!), this.activation.apply(c));
      return [next, next, c];
    });
  }
}

tf.serialization.registerClass(AnalogLSTMCell);
