import type * as tf from '@tensorflow/tfjs';
import type { LineResistances } from '@txsim/ops';
import { combine } from '../wgsl/combine.js';
import { ladders } from '../wgsl/ladders.js';
import { sneak, SNEAK_THREADS } from '../wgsl/sneak.js';
import { kernelConfig } from './arguments.js';
import { runShader, sizeOf, THREADS } from './shader.js';

interface Inputs {
  readonly g: tf.TensorInfo;
}

/** `effectiveConductance` of @txsim/ops in three programs: profiles of single lines, sneak paths, the sum of both. */
export const effectiveConductance = kernelConfig<Inputs, LineResistances>(
  'TxEffectiveConductance',
  (backend, { g }, lines) => {
    const [rows, columns] = g.shape.slice(-2) as [number, number];
    const arrays = sizeOf(g.shape.slice(0, -2));
    const cells = arrays * rows * columns;
    const ends = arrays * (rows + columns);
    const integers = { arrays, rows, columns };
    const profiles = runShader(backend, {
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
    const paths = runShader(backend, {
      code: sneak,
      inputs: { g, ladders: profiles },
      integers,
      shape: [ends],
      workgroups: arrays,
      workgroupSize: SNEAK_THREADS,
    });
    const out = runShader(backend, {
      code: combine,
      inputs: { g, ladders: profiles, sneak: paths },
      integers,
      shape: g.shape,
      workgroups: Math.ceil(cells / THREADS),
      workgroupSize: THREADS,
    });
    for (const { dataId } of [profiles, paths]) backend.disposeData(dataId);
    return out;
  },
);
