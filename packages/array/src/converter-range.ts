import type { Adc, FullScale } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { quantile } from './quantile.js';

/**
 * The full scale of the ADCs of one matrix in one direction, as a scalar tensor in amperes. A calibrated range is
 * that of the maximal current until the first calibration.
 */
export class ConverterRange {
  #fullScale: tf.Scalar;
  #observed: tf.Tensor[] | undefined;

  /**
   * @param maximal current of all devices of a line at gMax under the read voltage, amperes
   * @param step the smallest difference between two currents, amperes, where it is asked for
   */
  constructor(
    readonly adc: Adc,
    maximal: number,
    step: () => number,
  ) {
    this.#fullScale = tf.keep(tf.scalar(firstOf(adc.fullScale, maximal, step)));
  }

  get fullScale(): tf.Scalar {
    return this.#fullScale;
  }

  get observing(): boolean {
    return this.#observed !== undefined;
  }

  observe(): void {
    if (this.adc.fullScale.kind === 'calibrated') this.#observed ??= [];
  }

  /** Keeps what an ADC would have seen. */
  record(currents: tf.Tensor): void {
    this.#observed?.push(tf.keep(tf.abs(currents)));
  }

  /** Ends the observation; the full scale becomes the quantile of what was seen, if anything was. */
  async settle(): Promise<void> {
    const observed = this.#observed ?? [];
    this.#observed = undefined;
    const { fullScale } = this.adc;
    if (observed.length === 0 || fullScale.kind !== 'calibrated') return;
    const all = tf.tidy(() => tf.concat1d(observed.map((t) => t.flatten())));
    tf.dispose(observed);
    const found = quantile((await all.data()).slice() as Float32Array, fullScale.quantile);
    all.dispose();
    if (found > 0) this.set(tf.scalar(found));
  }

  set(fullScale: tf.Scalar): void {
    this.#fullScale.dispose();
    this.#fullScale = tf.keep(fullScale);
  }

  dispose(): void {
    this.#fullScale.dispose();
    tf.dispose(this.#observed ?? []);
  }
}

function firstOf(fullScale: FullScale, maximal: number, step: () => number): number {
  if (fullScale.kind === 'fixed') return fullScale.amperes;
  return fullScale.kind === 'granular' ? fullScale.levels * step() : maximal;
}
