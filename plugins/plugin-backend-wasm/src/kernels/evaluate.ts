import type * as tf from '@tensorflow/tfjs';
import type { EvaluateAllAttributes, EvaluateAttributes, Expression } from '@txsim/ops';
import { kernelConfig, sizeOf } from './arguments.js';
import { busyElements, runBusy } from './busy-elements.js';
import { heapOf, type Heap } from './heap.js';
import { prepared } from './plan.js';
import { runRows, type Operand } from './rows.js';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** `evaluate` of @txsim/ops: the expression as a SIMD loop, compiled when it is first seen. */
export const evaluate = kernelConfig<Inputs, EvaluateAttributes>('TxEvaluate', (heap, inputs, attributes) => {
  return run(heap, inputs, attributes.expression, attributes, 1)[0]!;
});

/** `evaluateAll` of @txsim/ops: all expressions in one loop; where most of it is known to stay as it is, only of the rest. */
export const evaluateAll: tf.KernelConfig = {
  kernelName: 'TxEvaluateAll',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const attributes = attrs as unknown as EvaluateAllAttributes;
    const { expressions } = attributes;
    return run(heapOf(backend), inputs as Inputs, expressions, attributes, expressions.length);
  },
};

function run(
  heap: Heap,
  inputs: Inputs,
  of: Expression | readonly Expression[],
  { keys, shape, still }: Pick<EvaluateAllAttributes, 'keys' | 'shape' | 'still'>,
  results: number,
): tf.TensorInfo[] {
  const known = prepared(of, heap.compiler);
  const tensors = known.inputs.map((name) => inputs[name]!);
  const plan = known.plan(shape, tensors.map((t) => t.shape)); // prettier-ignore
  const busy = busyElements(heap, inputs, still, plan.loops);
  if (busy) {
    const copies = still!.states.map((name) => heap.own(inputs[name]!, still!.spent));
    const [from, to] = [tensors, copies].map((all) => all.map((t) => heap.pointer(t)));
    runBusy(heap, plan, { keys }, from!, to!, busy);
    return copies;
  }
  const outs = Array.from({ length: results }, () => heap.output(shape));
  if (sizeOf(shape) === 0) return outs;
  const { rows, length, walks, offsets } = plan.loops;
  const places = outs.map((out) => heap.pointer(out));
  const program = { run: plan.run, keys };
  offsets.forEach((offset, block) => {
    const operands = tensors.map((t, k): Operand => {
      const walk = walks[k]!;
      return { pointer: heap.pointer(t) + 4 * offset[k]!, row: 4 * walk.row, element: 4 * walk.element };
    });
    const first = block * rows * length;
    const to = block === 0 ? places : places.map((place) => place + 4 * first);
    runRows(heap, program, rows, length, to, operands, first);
  });
  return outs;
}
