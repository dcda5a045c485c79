import type * as tf from '@tensorflow/tfjs';
import type { Expression } from '@txsim/ops';
import { kernelConfig, sizeOf } from '../arguments.js';
import { prepared } from '../plan.js';
import { runRows } from '../rows.js';

interface Inputs {
  readonly x: tf.TensorInfo;
}

/** A kernel that is an expression of its input `x`. */
export const unaryKernel = (kernelName: string, expression: Expression): tf.KernelConfig =>
  kernelConfig<Inputs, object>(kernelName, (heap, { x }) => {
    const shape = [sizeOf(x.shape)];
    const from = heap.pointer(x);
    const out = heap.output(x.shape);
    const { loops, run } = prepared(expression, heap.compiler).plan(shape, [shape]);
    const operand = { pointer: from, row: 0, element: 4 };
    runRows(heap, { run, keys: [] }, loops.rows, loops.length, [heap.pointer(out)], [operand], 0);
    return out;
  });
