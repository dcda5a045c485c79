import * as tf from '@tensorflow/tfjs';
import { asColumns, asMatrix } from '../kernel/arrangement.js';
import { onArrays } from './on-arrays.js';
import { biased, dropped, type CellArguments, type RecurrentCell } from './recurrent-cell.js';

/**
 * The cell of a GRU: z and r from x·W + h·U₁ + b, h ← z·h + (1 − z)·activation(x·W + (r·h)·U₂ + b). The two parts of the
 * recurrent kernel see different inputs, so they are crossbars of their own.
 *
 * Source: Cho et al., EMNLP 2014; the reset gate acts before the product, as in tfjs.
 */
export class AnalogGRUCell extends onArrays<RecurrentCell>(
  'GRUCell',
  {
    kernel: (_, shape) => asMatrix(shape),
    recurrent_kernel: ({ units }) => asColumns([2 * units, units]),
  },
  ['gates'],
) {
  static readonly className = 'AnalogGRUCell';

  override call([input, state]: tf.Tensor[], kwargs: CellArguments): tf.Tensor[] {
    return tf.tidy(() => {
      const recurrent = this.kernels['recurrent_kernel']!;
      const [x, h] = dropped(this, [input!, state!], kwargs);
      const [xz, xr, xh] = tf.split(biased(this, this.kernels['kernel']!.product(x)), 3, 1);
      const [hz, hr] = tf.split(recurrent.product(h, 0), 2, 1);
      const z = this.recurrentActivation.apply(tf.add(xz!, hz!));
      const r = this.recurrentActivation.apply(tf.add(xr!, hr!));
      const fresh = this.activation.apply(tf.add(xh!, recurrent.product(tf.mul(r, h), 1)));
      const next = tf.add(tf.mul(z, h), tf.mul(tf.sub(1, z), fresh));
      return [next, next];
    });
  }
}

tf.serialization.registerClass(AnalogGRUCell);
