import type * as tf from '@tensorflow/tfjs';
import type { ClosedForm, LineResistances } from '@txsim/ops';
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

const FORMS: Readonly<Record<1 | 4, Form>> = {
  1: { sneak, combine, paths: ({ ends }) => ends },
  4: {
    sneak: sneakFour,
    combine: combineFour,
    paths: ({ ends, integers }) => 2 * ends + 16 * integers.arrays,
  },
};

/** A closed form but for its last step: a program calls `txEffective(at)` for the effective conductance of a cell. */
export interface Solved {
  /** WGSL: `txEffective`. */
  readonly functions: string;
  readonly inputs: Readonly<Record<'g' | 'ladders' | 'sneak', tf.TensorInfo>>;
  readonly integers: Arrays['integers'];
  /** Lets go of all but `g`. */
  dispose(): void;
}

/** Profiles of single lines and sneak paths of a stack of arrays, in two programs. */
export function solved(backend: WebgpuBackend, g: tf.TensorInfo, { rank, lines }: ClosedForm): Solved {
  const arrays = arraysOf(g.shape);
  const form = FORMS[rank];
  const { integers } = arrays;
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
  return {
    functions: form.combine,
    inputs: { g, ladders: profiles, sneak: paths },
    integers,
    dispose: () => [profiles, paths].forEach(({ dataId }) => backend.disposeData(dataId)),
  };
}

const EVERYWHERE = `
fn main(index : i32) {
  let at = u32(index);
  if (at < uniforms.arrays * uniforms.rows * uniforms.columns) { result[at] = txEffective(at); }
}
`;

function effective(backend: WebgpuBackend, g: tf.TensorInfo, form: ClosedForm): tf.TensorInfo {
  const { functions, inputs, integers, dispose } = solved(backend, g, form);
  const out = runShader(backend, {
    code: functions + EVERYWHERE,
    inputs,
    integers,
    shape: g.shape,
    workgroups: Math.ceil(sizeOf(g.shape) / THREADS),
    workgroupSize: THREADS,
  });
  dispose();
  return out;
}

/** `effectiveConductance` of @txsim/ops. */
export const effectiveConductance = kernelConfig<Inputs, LineResistances>(
  'TxEffectiveConductance',
  (backend, { g }, lines) => effective(backend, g, { rank: 1, lines }),
);

/** `rankFourConductance` of @txsim/ops. */
export const rankFourConductance = kernelConfig<Inputs, LineResistances>(
  'TxRankFourConductance',
  (backend, { g }, lines) => effective(backend, g, { rank: 4, lines }),
);
