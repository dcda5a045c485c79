import type { Expression } from '@txsim/ops';
import { defineExtensionPoint } from '../plugin/extension-point.js';

/** A digital-to-analog converter at the driven end of each line. */
export interface Dac {
  /**
   * The digital scale of an input vector (noise management): `absMax` divides each vector by its own largest
   * magnitude; a number divides all by it.
   */
  readonly scale: 'absMax' | number;
  /** The voltage of a full-scale input, volts. */
  readonly readVoltage: number;
  /** Input in units of the scale → what is driven, in units of the read voltage. */
  convert(input: Expression): Expression;
}

/** How the full scale of an analog-to-digital converter is found. */
export type FullScale =
  /** A given current, amperes. */
  | { readonly kind: 'fixed'; readonly amperes: number }
  /** All devices of the longest line at gMax under the read voltage. */
  | { readonly kind: 'maximal' }
  /** The quantile of |current| over the current batch, at the first step and every `every` steps. */
  | { readonly kind: 'calibrated'; readonly quantile: number; readonly every: number };

/** An analog-to-digital converter at the sensed end of each line. */
export interface Adc {
  readonly fullScale: FullScale;
  /** Current in amperes, full scale in amperes → the converted current, amperes. */
  convert(current: Expression, fullScale: Expression): Expression;
}

/** The input converter; none is an ideal one. */
export const dac = defineExtensionPoint<Dac>('dac', 'one');
/** The output converter; none is an ideal one. */
export const adc = defineExtensionPoint<Adc>('adc', 'one');
