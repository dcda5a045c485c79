import type * as tf from '@tensorflow/tfjs';
import { planeShape, type TileGrid } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';
import type { WebgpuBackend } from '../backend.js';
import { run, sizeOf, THREADS } from '../shader.js';
import { CELL, cellIntegers, lines } from './cells.js';

type Inputs = Readonly<Record<'x' | 'd', tf.TensorInfo>>;

interface Attributes {
  readonly grid: TileGrid;
}

/** A thread goes through the samples for one cell; `body` gives `count` and whether the weight `falls`, of `x` and `d`. */
const codeOf = (type: 'i32' | 'f32', body: string): string => `${lines(type)}
fn main(index : i32) {${CELL}
  var ups = 0.0;
  var downs = 0.0;
  for (var sample = 0u; sample < uniforms.batch; sample++) {
    let xs = txRow(z, sample, i);
    let ds = txColumn(z, sample, j);
${body}
    if (falls) { downs += count; } else { ups += count; }
  }
  up[cell] = ups;
  down[cell] = downs;
}
`;

const COINCIDENCES = codeOf(
  'i32',
  `    let count = f32(countOneBits(u32(xs & ds) & 0x7fffffffu));
    let falls = (xs ^ ds) >= 0;`,
);

const PRODUCTS = codeOf(
  'f32',
  `    let product = xs * ds;
    let count = round(abs(product) / divisor[0]);
    let falls = product > 0.0;`,
);

function counted(
  backend: WebgpuBackend,
  code: string,
  inputs: Inputs,
  grid: TileGrid,
): [up: tf.TensorInfo, down: tf.TensorInfo] {
  const batch = inputs.x.shape[0]!;
  const shape = planeShape(grid);
  const size = sizeOf(shape);
  const zeros = batch * size === 0 ? new Float32Array(size) : undefined;
  const [up, down] = [0, 1].map(() => backend.makeTensorInfo(shape, 'float32', zeros)) as [
    tf.TensorInfo,
    tf.TensorInfo,
  ];
  if (!zeros)
    run(
      backend,
      {
        code,
        inputs: { ...inputs },
        integers: cellIntegers(grid, batch),
        workgroups: Math.ceil(size / THREADS),
        workgroupSize: THREADS,
      },
      { up, down },
    );
  return [up, down];
}

/** `countCoincidences` of @txsim/ops. */
export const countCoincidences = kernelConfig<Inputs, Attributes>(
  'TxCountCoincidences',
  (backend, inputs, { grid }) => counted(backend, COINCIDENCES, inputs, grid),
  ['x', 'd'],
);

/** `countProducts` of @txsim/ops. */
export const countProducts = kernelConfig<Inputs, Attributes>(
  'TxCountProducts',
  (backend, inputs, { grid }) => counted(backend, PRODUCTS, inputs, grid),
);
