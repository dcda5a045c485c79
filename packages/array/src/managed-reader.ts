import type { Adc, Mapping } from '@txsim/core';
import { abs, fold, less, unfold, type ConvolutionGeometry, type Expression } from '@txsim/ops';
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
 * Nothing is known of the data before it is computed, so all passes are made for all vectors, each of them twice: for the
 * product, and for whether anything saturates.
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
    const pass = (k: number): tf.Tensor => {
      const scale = tf.mul(first, 2 ** k);
      return tf.mul(this.#reader.read(tf.div(x, scale), matrices, draw + k), scale);
    };
    let y = pass(0);
    if (!this.#overflow || this.parts.range.observing) return y as tf.Tensor2D;
    let saturates: tf.Tensor = tf.ones([x.shape[0], 1], 'bool');
    for (let k = 1; k <= this.#retries; k++) {
      const overflows = this.#overflow.read(tf.div(x, tf.mul(first, 2 ** (k - 1))), matrices, draw + k - 1);
      saturates = tf.logicalAnd(saturates, tf.any(tf.greater(overflows, 0), 1, true));
      y = tf.where(tf.broadcastTo(saturates, y.shape), pass(k), y);
    }
    return y as tf.Tensor2D;
  }
}

/** The same arrays with converters that tell whether a current exceeds their full scale: 1 or 0, all with one sign. */
function countingOverflows(model: ArrayModel): ArrayModel {
  const readouts = model.mapping.readouts.map((readout) => ({ ...readout, significance: 1 }));
  const mapping = Object.create(model.mapping, { readouts: { value: readouts } }) as Mapping;
  const adc = Object.create(model.adc, {
    convert: { value: (current: Expression, limit: Expression) => less(limit, abs(current)) },
  }) as Adc;
  return { ...model, mapping, adc };
}
