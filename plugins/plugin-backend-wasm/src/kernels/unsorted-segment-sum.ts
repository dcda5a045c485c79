import type * as tf from '@tensorflow/tfjs';
import { kernelConfig, sizeOf } from './arguments.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly segmentIds: tf.TensorInfo;
}

interface Attributes {
  readonly numSegments: number;
}

/** tf.unsortedSegmentSum, the gradient of tf.gather and of embeddings: ids outside [0, numSegments) are dropped. */
export const unsortedSegmentSum = kernelConfig<Inputs, Attributes>(
  'UnsortedSegmentSum',
  (heap, { x, segmentIds }, { numSegments }) => {
    const [rows, ...inner] = x.shape as [number, ...number[]];
    if (segmentIds.shape.length !== 1 || segmentIds.shape[0] !== rows) {
      throw new Error(
        `unsortedSegmentSum: [${x.shape}] needs ${rows} segment ids, got [${segmentIds.shape}]`,
      );
    }
    const from = [heap.pointer(x), heap.pointer(segmentIds, 'int32')] as const;
    const out = heap.output([numSegments, ...inner]);
    heap.kernels.segmentSum(rows, sizeOf(inner), numSegments, ...from, heap.pointer(out));
    return out;
  },
);
