import type { Adc, FullScale } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { TailQuantile } from './tail-quantile.js';

/**
 * The full scale of the ADCs of one matrix in one direction, as a scalar tensor in amperes. A calibrated range is
 * that of the maximal current until the first calibration.
 */
export class ConverterRange {
  #fullScale: tf.Scalar;
  #observed: TailQuantile | undefined;

  /**
   * @param maximal current of all devices of a line at gMax under the read voltage, amperes
   * @param step the smallest difference between two currents, amperes, where it is asked for
   * @param conversions those of a line in one read: of all readouts, in all cycles
   */
  constructor(
    readonly adc: Adc,
    maximal: number,
    step: () => number,
    readonly conversions = 1,
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
    const { fullScale } = this.adc;
    if (fullScale.kind === 'calibrated')
      this.#observed ??= new TailQuantile(fullScale.quantile, this.conversions);
  }

  /** Looks at what an ADC would have seen: the currents of one conversion. */
  record(currents: tf.Tensor): void {
    this.#observed?.add(currents);
  }

  /** Ends the observation; the full scale becomes the quantile of what was seen, if anything was. */
  async settle(): Promise<void> {
    const observed = this.#observed;
    this.#observed = undefined;
    const found = await observed?.take();
    if (found !== undefined && found > 0) this.set(tf.scalar(found));
  }

  set(fullScale: tf.Scalar): void {
    this.#fullScale.dispose();
    this.#fullScale = tf.keep(fullScale);
  }

  dispose(): void {
    this.#fullScale.dispose();
    this.#observed?.dispose();
  }
}

function firstOf(fullScale: FullScale, maximal: number, step: () => number): number {
  if (fullScale.kind === 'fixed') return fullScale.amperes;
  return fullScale.kind === 'granular' ? fullScale.levels * step() : maximal;
}
