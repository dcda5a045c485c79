import type * as tf from '@tensorflow/tfjs';
import {
  inputNames,
  noiseStreams,
  READ_INPUTS,
  type Expression,
  type Generator,
  type Readout,
  type TileAttributes,
} from '@txsim/ops';
import { translate } from '../../wgsl/expression.js';
import type { WebgpuBackend } from '../backend.js';
import { drawFunctions, keyIntegers, streamOf } from '../draws.js';
import { gridIntegers, readLine } from '../lines.js';
import { matrixProduct, matrixProductInto, type MatrixProduct } from '../matrix-product.js';
import { Remembered } from '../remembered.js';
import { runShader, THREADS } from '../shader.js';
import { currentsShape, tileProductOf } from '../tile-product.js';

/** The norms that a readout's expression asks for. */
interface Norms {
  readonly driveNorm?: tf.TensorInfo;
  readonly deviceCurrentNorm?: tf.TensorInfo;
}

/** ‖V‖₂ of each group of tiles that are driven alike, [tileRows or tileColumns, samples]. */
export function driveNorms(
  backend: WebgpuBackend,
  volts: tf.TensorInfo,
  { grid, direction }: TileAttributes,
): tf.TensorInfo {
  const forward = direction === 'forward';
  const [groups, length] = forward ? [grid.tileRows, grid.rows] : [grid.tileColumns, grid.columns];
  const samples = volts.shape[0]!;
  const code = `
fn txVolt(z : u32, sample : u32, k : u32) -> f32 {${(forward ? readLine.row : readLine.column)('volts', 'sample', 'k')}
}
fn main(index : i32) {
  let i = u32(index);
  if (i >= uniforms.groups * uniforms.samples) { return; }
  let z = i / uniforms.samples${forward ? ' * uniforms.tileColumns' : ''};
  var sum = 0.0;
  for (var k = 0u; k < uniforms.length; k++) {
    let v = txVolt(z, i % uniforms.samples, k);
    sum += v * v;
  }
  result[i] = sqrt(sum);
}`;
  return runShader(backend, {
    code,
    inputs: { volts },
    integers: { groups, samples, length, ...gridIntegers(grid) },
    shape: [groups, samples],
    workgroups: Math.ceil((groups * samples) / THREADS),
    workgroupSize: THREADS,
  });
}

/** √Σ(V·G)² of each line of each tile; `squares` has the sums of G². */
function deviceCurrentNorms(
  backend: WebgpuBackend,
  volts: tf.TensorInfo,
  squares: tf.TensorInfo,
  attributes: TileAttributes,
): tf.TensorInfo {
  const product = tileProductOf(volts, squares, attributes);
  const squared: MatrixProduct = {
    ...product,
    functions: `
fn txVolt(z : u32, m : u32, k : u32) -> f32 {${product.left}
}`,
    left: '  let v = txVolt(z, m, k);\n  return v * v;',
    store: '  result[at] = sqrt(sum);',
  };
  return matrixProduct(backend, squared, currentsShape(attributes, volts.shape[0]!));
}

const TERMS: Readonly<Record<string, (forward: boolean) => string>> = {
  [READ_INPUTS.current]: () => 'sum',
  [READ_INPUTS.fullScale]: () => 'fullScale[0]',
  [READ_INPUTS.driveNorm]: (forward) =>
    `driveNorm[z ${forward ? '/' : '%'} uniforms.tileColumns * uniforms.rows + m]`,
  [READ_INPUTS.deviceCurrentNorm]: () => 'deviceCurrentNorm[at]',
};

/** The bodies of `txStore` and of what it calls: a current through noise and ADC, weighted, into or onto the sum. */
function epilogue(
  expression: Expression,
  generator: Generator,
  forward: boolean,
  adds: boolean,
): Pick<MatrixProduct, 'functions' | 'store'> {
  const streams = noiseStreams(expression);
  const { statements, results } = translate([expression], (leaf) =>
    leaf.op === 'input' ? TERMS[leaf.name]!(forward) : `txDraw${streamOf(streams, leaf)}(at)`,
  );
  return {
    functions: drawFunctions(streams, generator),
    store: `${statements}
  result[at] = ${adds ? 'result[at] + ' : ''}${results[0]} * uniforms.significance;`,
  };
}

const epilogues = new Remembered<Pick<MatrixProduct, 'functions' | 'store'>>();

/** The matrices behind one ADC. */
export interface Channel extends Readout {
  readonly matrix: tf.TensorInfo;
  readonly squares: tf.TensorInfo | undefined;
  readonly fullScale: tf.TensorInfo;
}

/**
 * Currents of all tiles through read noise and ADC, times the readout's significance, in one pass.
 *
 * @param adds whether to add to what is in `result`, [tileRows, tileColumns, samples, sensed lines], or to begin
 */
export function convert(
  backend: WebgpuBackend,
  { expression, keys, significance, matrix, squares, fullScale }: Channel,
  volts: tf.TensorInfo,
  driveNorm: tf.TensorInfo | undefined,
  attributes: TileAttributes,
  adds: boolean,
  result: tf.TensorInfo,
): void {
  const forward = attributes.direction === 'forward';
  const generator = keys[0]?.generator ?? 'feistel';
  const asked = inputNames(expression);
  const norms: Norms = {
    ...(asked.includes(READ_INPUTS.driveNorm) && { driveNorm: driveNorm! }),
    ...(asked.includes(READ_INPUTS.deviceCurrentNorm) && {
      deviceCurrentNorm: deviceCurrentNorms(backend, volts, squares!, attributes),
    }),
  };
  const product = tileProductOf(volts, matrix, attributes);
  const inputs = {
    ...product.inputs,
    ...(asked.includes(READ_INPUTS.fullScale) && { fullScale }),
    ...norms,
  };
  const converted: MatrixProduct = {
    ...product,
    ...epilogues.get(expression, `${generator}|${forward}|${adds}`, () =>
      epilogue(expression, generator, forward, adds),
    ),
    inputs,
    integers: { ...product.integers, ...keyIntegers(keys) },
    floats: { significance },
  };
  matrixProductInto(backend, converted, result);
  if (norms.deviceCurrentNorm) backend.disposeData(norms.deviceCurrentNorm.dataId);
}
