import * as tf from '@tensorflow/tfjs';
import { asMatrix } from '../kernel/arrangement.js';
import { onArrays } from './on-arrays.js';
import { biased, dropped, type CellArguments, type RecurrentCell } from './recurrent-cell.js';

/** h ← activation(x·W + h·U + b), both products on crossbars. */
export class AnalogSimpleRNNCell extends onArrays<RecurrentCell>('SimpleRNNCell', {
  kernel: (_, shape) => asMatrix(shape),
  recurrent_kernel: (_, shape) => asMatrix(shape),
}) {
  static readonly className = 'AnalogSimpleRNNCell';

  override call([input, state]: tf.Tensor[], kwargs: CellArguments): tf.Tensor[] {
    return tf.tidy(() => {
      const [x, h] = dropped(this, [input!, state!], kwargs);
      const products = tf.add(
        this.kernels['kernel']!.product(x),
        this.kernels['recurrent_kernel']!.product(h),
      );
      const next = this.activation.apply(biased(this, products));
      return [next, next];
    });
  }
}

tf.serialization.registerClass(AnalogSimpleRNNCell);
