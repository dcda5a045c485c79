import type * as tf from '@tensorflow/tfjs';
import { planeName, type MatricesAttributes, type NoisyExpression } from '@txsim/ops';
import { ends, workspaceOf } from '../effective-conductance.js';
import { heapOf, type Heap } from '../heap.js';
import { prepared } from '../plan.js';
import { runRows } from '../rows.js';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

const NONE: readonly string[] = [];
const contiguous = (pointer: number) => ({ pointer, row: 0, element: 4 });

/** One array after the other, so that a plane of it stays in the cache from the devices to the readouts. */
function run(heap: Heap, inputs: Inputs, attributes: MatricesAttributes): tf.TensorInfo[] {
  const { shape, conduct, wires, readouts } = attributes;
  const [tileRows, tileColumns, rows, columns] = shape;
  const size = rows * columns;
  const outs = readouts.map(() => heap.output(shape));
  const combine = prepared(readouts, heap.compiler);
  const scratch = heap.scratch(4 * size * (conduct.length + 1), 'planes');
  const seen = scratch + 4 * size * conduct.length;
  const workspace = wires ? heap.scratch(workspaceOf(rows, columns)) : 0;
  for (let tile = 0; tile < tileRows * tileColumns; tile++) {
    const first = tile * size;
    const planes = conduct.map((stage, p) => {
      const state = heap.pointer(inputs[planeName(p)]!) + 4 * first;
      const g = stage
        ? conductInto(heap, stage, inputs, first, size, wires ? seen : scratch + 4 * size * p)
        : state;
      if (!wires) return g;
      const to = scratch + 4 * size * p;
      heap.kernels.effectiveConductance(wires.rank, 1, rows, columns, g, ...ends(wires.lines), to, workspace);
      return to;
    });
    const operands = combine.inputs.map((name) => contiguous(planes[numberOf(name)]!));
    const to = outs.map((out) => heap.pointer(out) + 4 * first);
    runRows(heap, { run: combine.run(NONE), keys: [] }, 1, size, to, operands, 0);
  }
  return outs;
}

const numberOf = (plane: string): number => Number(plane.slice(planeName(0).length - 1));

function conductInto(
  heap: Heap,
  { expression, keys }: NoisyExpression,
  inputs: Inputs,
  first: number,
  size: number,
  to: number,
): number {
  const { run, inputs: names } = prepared(expression, heap.compiler);
  const operands = names.map((name) => contiguous(heap.pointer(inputs[name]!) + 4 * first));
  runRows(heap, { run: run(NONE), keys }, 1, size, [to], operands, first);
  return to;
}

/** `readoutMatrices` of @txsim/ops. */
export const readoutMatrices: tf.KernelConfig = {
  kernelName: 'TxReadoutMatrices',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) =>
    run(heapOf(backend), inputs as Inputs, attrs as unknown as MatricesAttributes),
};
