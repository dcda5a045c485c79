import type * as tf from '@tensorflow/tfjs';
import type { LineResistances } from '@txsim/ops';
import { combine } from '../wgsl/combine.js';
import { ladders } from '../wgsl/ladders.js';
import { sneak, SNEAK_THREADS } from '../wgsl/sneak.js';
import { combineFour, sneakFour } from '../wgsl/sneak-four.js';
import { kernelConfig } from './arguments.js';
import type { WebgpuBackend } from './backend.js';
import { runShader, sizeOf, THREADS } from './shader.js';

interface Inputs {
  readonly g: tf.TensorInfo;
}

/** A stack of arrays, and how many cells and line ends it has. */
interface Arrays {
  readonly integers: { readonly arrays: number; readonly rows: number; readonly columns: number };
  readonly cells: number;
  readonly ends: number;
}

function arraysOf(shape: readonly number[]): Arrays {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const arrays = sizeOf(shape.slice(0, -2));
  return {
    integers: { arrays, rows, columns },
    cells: arrays * rows * columns,
    ends: arrays * (rows + columns),
  };
}

/** The profiles of single lines and the currents they give; see `ladders` for the layout. */
function profilesOf(
  backend: WebgpuBackend,
  g: tf.TensorInfo,
  { integers, cells, ends }: Arrays,
  lines: LineResistances,
): tf.TensorInfo {
  return runShader(backend, {
    code: ladders,
    inputs: { g },
    integers,
    floats: {
      rowSegment: lines.row,
      columnSegment: lines.column,
      rowEnd: lines.rowEnd,
      columnEnd: lines.columnEnd,
    },
    shape: [2 * cells + ends],
    workgroups: Math.ceil(ends / THREADS),
    workgroupSize: THREADS,
  });
}

/** The programs of a form, and how many values its sneak paths take. */
interface Form {
  readonly sneak: string;
  readonly combine: string;
  paths(arrays: Arrays): number;
}

/** A closed form in three programs: profiles of single lines, sneak paths, the sum of both. */
function solve(backend: WebgpuBackend, g: tf.TensorInfo, lines: LineResistances, form: Form): tf.TensorInfo {
  const arrays = arraysOf(g.shape);
  const { integers, cells } = arrays;
  const profiles = profilesOf(backend, g, arrays, lines);
  const paths = runShader(backend, {
    code: form.sneak,
    inputs: { g, ladders: profiles },
    integers,
    floats: { rowSegment: lines.row, columnSegment: lines.column },
    shape: [form.paths(arrays)],
    workgroups: integers.arrays,
    workgroupSize: SNEAK_THREADS,
  });
  const out = runShader(backend, {
    code: form.combine,
    inputs: { g, ladders: profiles, sneak: paths },
    integers,
    shape: g.shape,
    workgroups: Math.ceil(cells / THREADS),
    workgroupSize: THREADS,
  });
  for (const { dataId } of [profiles, paths]) backend.disposeData(dataId);
  return out;
}

const RANK_ONE: Form = { sneak, combine, paths: ({ ends }) => ends };
const RANK_FOUR: Form = {
  sneak: sneakFour,
  combine: combineFour,
  paths: ({ ends, integers }) => 2 * ends + 16 * integers.arrays,
};

/** `effectiveConductance` of @txsim/ops. */
export const effectiveConductance = kernelConfig<Inputs, LineResistances>(
  'TxEffectiveConductance',
  (backend, { g }, lines) => solve(backend, g, lines, RANK_ONE),
);

/** `rankFourConductance` of @txsim/ops. */
export const rankFourConductance = kernelConfig<Inputs, LineResistances>(
  'TxRankFourConductance',
  (backend, { g }, lines) => solve(backend, g, lines, RANK_FOUR),
);
