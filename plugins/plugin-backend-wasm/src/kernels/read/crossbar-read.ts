import type * as tf from '@tensorflow/tfjs';
import { patchSize, type ConvolutionGeometry, type ReadAttributes } from '@txsim/ops';
import { kernelConfig } from '../arguments.js';
import { Columns, rowsOf, type Piece } from '../convolution/columns.js';
import type { Geometry } from '../convolution/geometry.js';
import type { Heap } from '../heap.js';
import { linesOf } from '../tiles/lines.js';
import { Drive } from './drive.js';
import { Tiles } from './tiles.js';

/** Vectors that go through the arrays together: their currents in one tile stay in the first-level cache. */
const TOGETHER = 64;

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** Vectors are patches of images, or the rows of a matrix: patches of one pixel. */
function geometryOf(rows: number, length: number, convolution?: ConvolutionGeometry): Geometry {
  if (convolution) return { ...convolution, batch: rows / (convolution.outHeight * convolution.outWidth) };
  const ones = { height: 1, width: 1, kernelHeight: 1, kernelWidth: 1, strideHeight: 1, strideWidth: 1 };
  const rest = { dilationHeight: 1, dilationWidth: 1, padTop: 0, padLeft: 0, outHeight: 1, outWidth: 1 };
  return { batch: rows, channels: length, ...ones, ...rest };
}

function vectorsIn(lines: tf.TensorInfo, { direction, geometry }: ReadAttributes): number {
  const patches = geometry && direction === 'forward' ? geometry.outHeight * geometry.outWidth : 1;
  return lines.shape[0]! * patches;
}

/** Whether any vector of a piece is asked for. */
function someWanted(heap: Heap, wanted: tf.TensorInfo | undefined): (piece: Piece) => boolean {
  if (!wanted) return () => true;
  const flags = heap.pointer(wanted) >> 2;
  return ({ first, count }) =>
    heap.floats.subarray(flags + first, flags + first + count).some((flag) => flag !== 0);
}

/** `crossbarRead` of @txsim/ops, a few vectors at a time, so that nothing but the result leaves the cache. */
export const crossbarRead = kernelConfig<Inputs, ReadAttributes>(
  'TxCrossbarRead',
  (heap, inputs, attributes) => {
    const { grid, direction, geometry: convolution, unit } = attributes;
    const forward = direction === 'forward';
    const vectors = vectorsIn(inputs['lines']!, attributes);
    const geometry = geometryOf(vectors, convolution ? patchSize(convolution) : grid.inputs, convolution);
    const columns = new Columns(heap, geometry, TOGETHER);
    const pieces = columns.pieces.filter(someWanted(heap, inputs['wanted']));
    const lines = linesOf(grid, direction);
    const from = heap.pointer(inputs['lines']!);
    const images = [geometry.batch, geometry.height, geometry.width, geometry.channels];
    const out = heap.output(convolution && !forward ? images : [rowsOf(geometry), lines.outputs]);
    const to = heap.pointer(out);
    if (pieces.length === 0) return out;
    const drive = new Drive(heap, attributes, lines, TOGETHER);
    const tiles = new Tiles(heap, inputs, attributes, lines, vectors, TOGETHER);
    for (const piece of pieces) {
      const { first, count } = piece;
      const read = (target: number): void => {
        const source = forward ? columns.unfolded(from, piece) : from + 4 * first * lines.inputs;
        const volts = drive.run(source, first, count);
        tiles.run(volts, first, count, target);
        heap.kernels.scaleRows(count, lines.outputs, target, drive.scales, drive.scaleStep, unit);
      };
      if (forward) read(to + 4 * first * lines.outputs);
      else columns.fold(to, piece, read);
    }
    return out;
  },
);
