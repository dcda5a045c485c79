import * as tf from '@tensorflow/tfjs';
import type { ConvolutionGeometry } from '../convolution/geometry.js';
import { fold, unfold } from '../convolution/unfold.js';
import { dispatch } from '../dispatch.js';
import { evaluateDraws, type NoisyExpression } from '../expression/evaluate.js';
import { inputNames } from '../expression/traverse.js';
import { RunningSum } from '../running-sum.js';
import { toTileColumns, toTileRows } from '../tiles/arrange.js';
import type { TileGrid } from '../tiles/tile-grid.js';
import { tileProduct, type Direction } from '../tiles/tile-product.js';
import { tileSum } from '../tiles/tile-sum.js';

/** Names of the inputs that the expressions of a read may use. */
export const READ_INPUTS = {
  /** The digital input vectors, [batch, lines]. */
  lines: 'lines',
  /** What each vector is divided by before it is converted, [batch, 1] or a scalar. */
  scale: 'scale',
  /** The current of each sensed line of each tile, amperes, [tileRows, tileColumns, batch, lines]. */
  current: 'current',
  /** The ADC's full scale, amperes, a scalar. */
  fullScale: 'fullScale',
  /** ‖V‖₂ of what drives a tile, volts, [tileRows or 1, tileColumns or 1, batch, 1]. */
  driveNorm: 'driveNorm',
  /** √Σ(V·G)² over the devices of a line, amperes, like `current`. */
  deviceCurrentNorm: 'deviceCurrentNorm',
} as const;

/** The matrices behind one ADC for each tile. */
export interface Readout extends NoisyExpression {
  /** Factor of the converted values in the digital sum. */
  readonly significance: number;
}

/** Attributes of the kernel `TxCrossbarRead`. */
export interface ReadAttributes {
  readonly grid: TileGrid;
  readonly direction: Direction;
  /** Digital scale of the input vectors: the largest magnitude of each, or one for all. */
  readonly scale: 'absMax' | number;
  /** (`lines`, `scale`) → volts */
  readonly drive: NoisyExpression;
  /** (`current`, `fullScale`, `driveNorm`, `deviceCurrentNorm`) → what the digital sum adds */
  readonly readouts: readonly Readout[];
  /** Factor of the result beside the scale of each vector. */
  readonly unit: number;
  /** Vectors are the patches of images: unfolded (forward) or folded (backward) on the way. */
  readonly geometry?: ConvolutionGeometry;
}

/** The tensors of a read. */
export interface ReadInputs {
  /** x[batch, inputs] or d[batch, outputs]; forward with a geometry, images [batch, height, width, channels]. */
  readonly lines: tf.Tensor;
  readonly fullScale: tf.Scalar;
  /** The matrix of each readout, siemens, [tileRows, tileColumns, rows, columns]. */
  readonly matrices: readonly tf.Tensor4D[];
  /** Σ over planes of (weight · G)² for each readout, siemens²; where an expression asks for `deviceCurrentNorm`. */
  readonly squares?: readonly tf.Tensor4D[];
  /**
   * 1 for each vector whose product is asked for, else 0, [batch, 1]; absent: all are. What others give is not said, and a
   * backend may pass over them. Not of images.
   */
  readonly wanted?: tf.Tensor;
  /** Further inputs of the readouts' expressions, which broadcast to the currents: of converters that differ. */
  readonly converters?: Readonly<Record<string, tf.Tensor>>;
  /** Of cells with a curve, where currents are not products with `matrices`. */
  readonly cells?: CurvedRead;
}

/** Currents that are not linear in what the arrays are driven with. */
export interface CurvedRead {
  /** (`lines`, `scale`) → volts on the driven lines; `drive` of the read is then what the norms are of. */
  readonly line: NoisyExpression;
  /** Volts [batch, lines] → the currents of a readout, amperes, [tileRows, tileColumns, batch, lines]. */
  currents(volts: tf.Tensor2D, readout: number): tf.Tensor4D;
}

/** What a vector without any signal is divided by. */
export const SMALLEST_SCALE = 1e-30;

/**
 * A vector-matrix product through crossbars, in one go: scale → drive (DAC) → product of each tile → read noise, ADC →
 * digital sum over readouts and tiles → scale back.
 *
 *     y[b] = unit · scale[b] · Σ_readouts significance · Σ_tiles convert(Σ V[b]·G)
 *
 * @returns y[batch, outputs] (forward) or [batch, inputs] (backward; with a geometry, images)
 */
export function crossbarRead(inputs: ReadInputs, attributes: ReadAttributes): tf.Tensor {
  const { lines, fullScale, matrices, squares = [], wanted, converters, cells } = inputs;
  if (converters || cells) return tf.tidy(() => crossbarReadReference(inputs, attributes));
  const tensors: Record<string, tf.Tensor> = { lines, fullScale, ...(wanted && { wanted }) };
  matrices.forEach((g, q) => (tensors[`matrix${q}`] = g));
  squares.forEach((g, q) => (tensors[`squares${q}`] = g));
  return dispatch('TxCrossbarRead', tensors, attributes, () => crossbarReadReference(inputs, attributes));
}

/**
 * The reference: one operation per stage, for all tiles at once, one readout after the other.
 *
 * @param observe sees what each readout gives to the digital sum
 */
export function crossbarReadReference(
  inputs: ReadInputs,
  attributes: ReadAttributes,
  observe: (converted: tf.Tensor4D) => void = () => undefined,
): tf.Tensor {
  const { grid, direction, geometry, readouts, unit } = attributes;
  const forward = direction === 'forward';
  const lines =
    geometry && forward ? unfold(inputs.lines as tf.Tensor4D, geometry) : (inputs.lines as tf.Tensor2D);
  const scale = scaleOf(lines, attributes.scale);
  const volts = evaluateDraws(attributes.drive, { lines, scale }, lines.shape) as tf.Tensor2D;
  const { cells, matrices } = inputs;
  const driven = cells ? (evaluateDraws(cells.line, { lines, scale }, lines.shape) as tf.Tensor2D) : volts;
  const sum = new RunningSum<tf.Tensor2D>();
  readouts.forEach((readout, q) =>
    sum.add(() => {
      const current = cells?.currents(driven, q) ?? tileProduct(volts, matrices[q]!, grid, direction);
      const converted = convert(readout, q, { volts, current }, inputs, attributes);
      observe(converted);
      return tf.mul(tileSum(converted, grid, direction), readout.significance);
    }),
  );
  const y = tf.mul<tf.Tensor2D>(sum.take(), tf.mul(scale, unit));
  return geometry && !forward ? fold(y, geometry) : y;
}

function scaleOf(lines: tf.Tensor2D, scale: ReadAttributes['scale']): tf.Tensor {
  if (scale !== 'absMax') return tf.scalar(scale);
  return tf.maximum(tf.max(tf.abs(lines), 1, true), SMALLEST_SCALE);
}

function convert(
  readout: Readout,
  q: number,
  { volts, current }: { volts: tf.Tensor2D; current: tf.Tensor4D },
  { fullScale, squares, converters }: ReadInputs,
  { grid, direction }: ReadAttributes,
): tf.Tensor4D {
  const asked = inputNames(readout.expression);
  const tensors: Record<string, tf.Tensor> = { current, fullScale, ...converters };
  if (asked.includes(READ_INPUTS.driveNorm)) {
    const driven = (direction === 'forward' ? toTileRows : toTileColumns)(volts, grid);
    tensors['driveNorm'] = tf.sqrt(tf.sum(tf.square(driven), 3, true));
  }
  if (asked.includes(READ_INPUTS.deviceCurrentNorm)) {
    tensors['deviceCurrentNorm'] = tf.sqrt(tileProduct(tf.square(volts), squares![q]!, grid, direction));
  }
  return evaluateDraws(readout, tensors, current.shape) as tf.Tensor4D;
}
