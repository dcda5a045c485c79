import type { Dac } from '@txsim/core';
import type { ConvolutionGeometry, Direction, TileGrid } from '@txsim/ops';
import type * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import type { ConverterRange } from './converter-range.js';
import { isOwn, type InputScaling } from './input-scaling.js';
import { ManagedReader } from './managed-reader.js';
import type { NoiseSource } from './noise.js';
import { Reader, type ReadMatrices } from './reader.js';
import { SerialReader } from './serial-reader.js';

/** One direction of a matrix: vectors → products, in as many reads of the arrays as the converters take. */
export interface LineReader {
  /** As `Reader.read`. */
  read(
    lines: tf.Tensor,
    matrices: ReadMatrices,
    draw: number,
    geometry?: ConvolutionGeometry,
    wanted?: tf.Tensor,
  ): tf.Tensor;
}

/** What a direction is read with. */
export interface ReaderParts {
  readonly model: ArrayModel;
  readonly grid: TileGrid;
  readonly direction: Direction;
  readonly weightRange: number;
  readonly range: ConverterRange;
  readonly noise: NoiseSource;
  readonly scaling: InputScaling;
  /** What differs from converter to converter. */
  readonly converters: Readonly<Record<string, tf.Tensor>> | undefined;
}

/** The reader that the converters of a model ask for. */
export function lineReader(parts: ReaderParts): LineReader {
  const { scale } = parts.scaling;
  if (!isOwn(scale) || parts.model.adc.retries) return new ManagedReader(parts, scaledBy(1));
  return scaledBy(scale)(parts);
}

/** A reader of all cycles of inputs whose scale it finds by itself. */
const scaledBy =
  (scale: 'absMax' | number) =>
  (parts: ReaderParts): LineReader => {
    const dac = Object.create(parts.model.dac, { scale: { value: scale } }) as Dac;
    const { grid, direction, weightRange, range, noise, converters } = parts;
    const readerOf = (of: Dac): LineReader =>
      new Reader({ ...parts.model, dac: of }, grid, direction, weightRange, range, noise, converters);
    return dac.cycles ? new SerialReader(dac, dac.cycles, readerOf) : readerOf(dac);
  };
