import type { Adc, Mapping } from '@txsim/core';
import {
  abs,
  evaluate,
  fold,
  input,
  less,
  select,
  unfold,
  type ConvolutionGeometry,
  type Expression,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import type { LineReader, ReaderParts } from './line-reader.js';
import type { ReadMatrices } from './reader.js';

/**
 * Noise and bound management around a reader: vectors are divided by their scale α; those of which some current exceeds
 * the full scale of its ADC are divided by 2α, 4α, … and applied again. Every vector is managed for itself.
 *
 *     y = α · 2^k · read(x / (α · 2^k)),  k the smallest for which nothing saturates, at most `retries`
 *
 * A pass is two reads: of the product, and of whether anything saturates. Nothing is known of the data before it is computed,
 * so all passes are asked for, each of the vectors that saturated in the one before; where there are none, a backend has
 * nothing to do.
 *
 * Source: Gokmen, Onen, Haensch, Front. Neurosci. 11:538 (2017).
 */
export class ManagedReader implements LineReader {
  readonly #reader: LineReader;
  readonly #overflow: LineReader | undefined;
  readonly #retries: number;

  /** @param readerOf a reader of vectors that are divided by their scale already */
  constructor(
    readonly parts: ReaderParts,
    readerOf: (of: ReaderParts) => LineReader,
  ) {
    const { model } = parts;
    this.#retries = model.adc.retries ?? 0;
    this.#reader = readerOf(parts);
    this.#overflow = this.#retries > 0 ? readerOf({ ...parts, model: countingOverflows(model) }) : undefined;
  }

  read(lines: tf.Tensor, matrices: ReadMatrices, draw: number, geometry?: ConvolutionGeometry): tf.Tensor {
    return tf.tidy(() => {
      const { scaling, direction } = this.parts;
      const forward = direction === 'forward';
      if (!scaling.perVector && !this.#overflow) {
        const scale = scaling.of(lines);
        return tf.mul(this.#reader.read(tf.div(lines, scale), matrices, draw, geometry), scale);
      }
      const vectors = geometry && forward ? unfold(lines as tf.Tensor4D, geometry) : (lines as tf.Tensor2D);
      const y = this.#bounded(vectors, scaling.of(vectors), matrices, draw * (this.#retries + 1));
      return geometry && !forward ? fold(y, geometry) : y;
    });
  }

  #bounded(x: tf.Tensor2D, first: tf.Tensor, matrices: ReadMatrices, draw: number): tf.Tensor2D {
    let driven = tf.div(x, first);
    let y = tf.mul(this.#reader.read(driven, matrices, draw), first);
    if (!this.#overflow || this.parts.range.observing) return y as tf.Tensor2D;
    let saturates: tf.Tensor = tf.ones([x.shape[0], 1]);
    for (let k = 1; k <= this.#retries; k++) {
      const overflows = this.#overflow.read(driven, matrices, draw + k - 1, undefined, saturates);
      const most = tf.max(overflows, 1, true);
      saturates = evaluate(STILL_SATURATES, { saturates, most }, saturates.shape);
      const scale = tf.mul(first, 2 ** k);
      driven = tf.div(x, scale);
      const again = tf.mul(this.#reader.read(driven, matrices, draw + k, undefined, saturates), scale);
      y = evaluate(LAST_READ, { saturates, again, y }, y.shape);
    }
    return y as tf.Tensor2D;
  }
}

/** Of a vector, 1 or 0: what saturated before, and of what saturates now, the most. */
const STILL_SATURATES = select(less(0, input('most')), input('saturates'), 0);
const LAST_READ = select(input('saturates'), input('again'), input('y'));

/** The same arrays with converters that tell whether a current exceeds their full scale: 1 or 0, all with one sign. */
function countingOverflows(model: ArrayModel): ArrayModel {
  const readouts = model.mapping.readouts.map((readout) => ({ ...readout, significance: 1 }));
  const mapping = Object.create(model.mapping, { readouts: { value: readouts } }) as Mapping;
  const adc = Object.create(model.adc, {
    convert: { value: (current: Expression, limit: Expression) => less(limit, abs(current)) },
  }) as Adc;
  return { ...model, mapping, adc };
}
