import type * as tf from '@tensorflow/tfjs';
import { planeName, type MatricesAttributes, type NoisyExpression } from '@txsim/ops';
import { ends, workspaceOf } from '../effective-conductance.js';
import { heapOf, type Heap } from '../heap.js';
import { prepared } from '../plan.js';
import { runRows } from '../rows.js';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** Cells that go from the devices to the readouts together: their planes stay in the second-level cache. */
const TOGETHER = 2 ** 15;

const NONE: readonly string[] = [];
const contiguous = (pointer: number) => ({ pointer, row: 0, element: 4 });

/** A few arrays after the other. */
function run(heap: Heap, inputs: Inputs, attributes: MatricesAttributes): tf.TensorInfo[] {
  const { shape, conduct, readouts } = attributes;
  const [tileRows, tileColumns, rows, columns] = shape;
  const outs = readouts.map(() => heap.output(shape));
  const combine = prepared(readouts, heap.compiler);
  const step = Math.max(1, Math.floor(TOGETHER / (rows * columns)));
  const arrays = tileRows * tileColumns;
  for (let array = 0; array < arrays; array += step) {
    const count = Math.min(step, arrays - array);
    const first = array * rows * columns;
    const planes = conduct.map((_, p) => effectivePlane(heap, inputs, attributes, p, first, count));
    const operands = combine.inputs.map((name) => contiguous(planes[numberOf(name)]!));
    const to = outs.map((out) => heap.pointer(out) + 4 * first);
    const program = { run: combine.run(NONE), keys: [] };
    runRows(heap, program, 1, count * rows * columns, to, operands, 0);
  }
  return outs;
}

/** Where plane p of `count` arrays lies as they show it at their terminals. */
function effectivePlane(
  heap: Heap,
  inputs: Inputs,
  { shape, conduct, wires }: MatricesAttributes,
  p: number,
  first: number,
  count: number,
): number {
  const [, , rows, columns] = shape;
  const size = count * rows * columns;
  const stage = conduct[p];
  const seen = stage
    ? conductInto(heap, stage, inputs, first, size, `conducting${p}`)
    : heap.pointer(inputs[planeName(p)]!) + 4 * first;
  if (!wires) return seen;
  const to = heap.scratch(4 * size, `effective${p}`);
  const workspace = heap.scratch(workspaceOf(rows, columns));
  heap.kernels.effectiveConductance(
    wires.rank,
    count,
    rows,
    columns,
    seen,
    ...ends(wires.lines),
    to,
    workspace,
  );
  return to;
}

const numberOf = (plane: string): number => Number(plane.slice(planeName(0).length - 1));

function conductInto(
  heap: Heap,
  { expression, keys }: NoisyExpression,
  inputs: Inputs,
  first: number,
  size: number,
  area: string,
): number {
  const { run, inputs: names } = prepared(expression, heap.compiler);
  const to = heap.scratch(4 * size, area);
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
