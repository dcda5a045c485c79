import type { Expression } from '@txsim/ops';
import { defineExtensionPoint } from '../plugin/extension-point.js';

/**
 * The digital scale of an input vector (noise management): what it is divided by before it is converted, and its product
 * multiplied by.
 */
export type InputScale =
  /** One number for all. */
  | number
  /** Each vector by its own largest magnitude. */
  | 'absMax'
  /** Each vector by its own largest value; what lies below the negative of it saturates. */
  | 'max'
  /** All by a moving average of the vectors' largest magnitudes: m ← average · m + (1 − average) · mean |x|max. */
  | { readonly average: number }
  /** All by a range that training learns, forward; the backward direction is scaled as by `absMax`. */
  | LearnedScale;

/**
 * An input range α that learns: ∂L/∂α = Σ sign(x) · ∂L/∂x over the inputs that saturate, + decay · α where fewer than 5 %
 * of them do.
 *
 * Source: Choi et al., "PACT", arXiv 1805.06085, eq. 3 and its regularisation, for both signs.
 */
export interface LearnedScale {
  /** The range that learning begins with. */
  readonly learn: number;
  readonly decay: number;
}

/** One of the cycles in which an input is applied, part by part. */
export interface InputCycle {
  /** Factor of what is driven in this cycle; that of its conversions in the digital shift-and-add. */
  readonly significance: number;
  /** Input in units of the scale → what is driven in this cycle, in units of the read voltage. */
  convert(input: Expression): Expression;
}

/** A digital-to-analog converter at the driven end of each line. */
export interface Dac {
  readonly scale: InputScale;
  /** The voltage of a full-scale input, volts. */
  readonly readVoltage: number;
  /** Input in units of the scale → what is driven, in units of the read voltage; of all cycles together. */
  convert(input: Expression): Expression;
  /** Absent: an input is applied at once. Else Σ significance · convert over the cycles is what `convert` gives. */
  readonly cycles?: readonly InputCycle[];
  /** The smallest difference between two driven values of a cycle, in units of the read voltage; absent: there is none. */
  readonly step?: number;
}

/** How the full scale of an analog-to-digital converter is found. */
export type FullScale =
  /** A given current, amperes. */
  | { readonly kind: 'fixed'; readonly amperes: number }
  /** All devices of the longest line at gMax under the read voltage. */
  | { readonly kind: 'maximal' }
  /** `levels` times the smallest difference between two currents: that of one step of an input through one of a device. */
  | { readonly kind: 'granular'; readonly levels: number }
  /** The quantile of |current| over the current batch, at the first step and every `every` steps. */
  | { readonly kind: 'calibrated'; readonly quantile: number; readonly every: number };

/** An analog-to-digital converter at the sensed end of each line. */
export interface Adc {
  readonly fullScale: FullScale;
  /**
   * How often a vector of which some current exceeds the full scale is applied again, halved each time (bound
   * management); absent: never. Each vector for itself.
   */
  readonly retries?: number;
  /** Parameters drawn once per converter: expressions of `normal` and `uniform` alone, used as `input(name)`. */
  readonly perConverter?: Readonly<Record<string, Expression>>;
  /** Lines of an array that a converter serves one after the other; absent: 1. */
  readonly sharedBy?: number;
  /** Current in amperes, full scale in amperes → the converted current, amperes. */
  convert(current: Expression, fullScale: Expression): Expression;
}

/** The input converter; none is an ideal one. */
export const dac = defineExtensionPoint<Dac>('dac', 'one');
/** The output converter; none is an ideal one. */
export const adc = defineExtensionPoint<Adc>('adc', 'one');
