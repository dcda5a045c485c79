import type { Dac, InputCycle } from '@txsim/core';
import type { ConvolutionGeometry } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { LineReader } from './line-reader.js';
import type { ReadMatrices } from './reader.js';

/**
 * Inputs that are applied in cycles, each of them read and converted for itself, and added digitally: y = Σ significance ·
 * y_cycle (bit-serial inputs, shift-and-add).
 */
export class SerialReader implements LineReader {
  readonly #cycles: readonly { readonly significance: number; readonly reader: LineReader }[];

  constructor(dac: Dac, cycles: readonly InputCycle[], readerOf: (dac: Dac) => LineReader) {
    const { scale, readVoltage } = dac;
    this.#cycles = cycles.map(({ significance, convert }) => ({
      significance,
      reader: readerOf({ scale, readVoltage, convert }),
    }));
  }

  read(lines: tf.Tensor, matrices: ReadMatrices, draw: number, geometry?: ConvolutionGeometry): tf.Tensor {
    const cycles = this.#cycles.length;
    return this.#cycles.reduce<tf.Tensor | undefined>((sum, { significance, reader }, k) => {
      // A tidy of its own, so that no cycle takes memory beside the others.
      const next = tf.tidy(() => {
        const product = tf.mul(reader.read(lines, matrices, draw * cycles + k, geometry), significance);
        return sum ? tf.add(sum, product) : product;
      });
      sum?.dispose();
      return next;
    }, undefined)!;
  }
}
