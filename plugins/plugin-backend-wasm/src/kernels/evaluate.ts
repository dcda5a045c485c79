import type * as tf from '@tensorflow/tfjs';
import type { EvaluateAttributes } from '@txsim/ops';
import { kernelConfig, sizeOf } from './arguments.js';
import { prepared } from './plan.js';
import { runRows, type Operand } from './rows.js';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** `evaluate` of @txsim/ops: the expression as a SIMD loop, compiled when it is first seen. */
export const evaluate = kernelConfig<Inputs, EvaluateAttributes>('TxEvaluate', (heap, inputs, attributes) => {
  const { expression, shape, keys } = attributes;
  const known = prepared(expression, heap.compiler);
  const tensors = known.inputs.map((name) => inputs[name]!);
  const { loops, run } = known.plan(shape, tensors.map((t) => t.shape)); // prettier-ignore
  const out = heap.output(shape);
  if (sizeOf(shape) === 0) return out;
  const { rows, length, walks, offsets } = loops;
  const to = heap.pointer(out);
  const program = { run, keys };
  offsets.forEach((offset, block) => {
    const operands = tensors.map((t, k): Operand => {
      const walk = walks[k]!;
      return { pointer: heap.pointer(t) + 4 * offset[k]!, row: 4 * walk.row, element: 4 * walk.element };
    });
    const first = block * rows * length;
    runRows(heap, program, rows, length, to + 4 * first, operands, first);
  });
  return out;
});
