import type * as tf from '@tensorflow/tfjs';
import type { PulseTrainsAttributes } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';
import { stretches } from './turned-trains.js';

interface Inputs {
  readonly values: tf.TensorInfo;
  readonly scale: tf.TensorInfo;
  readonly slots: tf.TensorInfo;
}

/** `pulseTrains` of @txsim/ops, bit for bit. */
export const pulseTrains = kernelConfig<Inputs, PulseTrainsAttributes>(
  'TxPulseTrains',
  (heap, { values, scale, slots }, { firstSample, keys }) => {
    const [batch, lines] = values.shape as [number, number];
    const out = heap.output([batch, lines], 'int32');
    const [from, to] = [heap.pointer(values), heap.pointer(out, 'int32')];
    const perUnit = heap.floats[heap.pointer(scale) >> 2]!;
    const used = 2 ** Math.max(0, Math.min(31, Math.ceil(heap.floats[heap.pointer(slots) >> 2]!))) - 1;
    const stride = Math.ceil(lines / 8);
    const workspace = heap.scratch(64, 'trains');
    stretches(firstSample, batch).forEach(({ start, place, count }, block) => {
      const at = 4 * start * lines;
      const event = 32 * place * stride;
      heap.kernels.pulseTrains(count, lines, from + at, perUnit, used, ...keys[block]!.words, event, stride, to + at, workspace); // prettier-ignore
    });
    return out;
  },
);
