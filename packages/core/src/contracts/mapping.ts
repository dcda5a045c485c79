import type { Expression, TileGrid } from '@txsim/ops';
import { defineExtensionPoint } from '../plugin/extension-point.js';
import type { ConductanceWindow } from './window.js';

/** One analog conversion per output: currents of planes added in the wires, then one ADC. */
export interface Readout {
  /** The weight of each plane's current in the analog sum, usually ±1 or 0. */
  readonly planes: readonly number[];
  /** The weight of the converted result in the digital sum. */
  readonly significance: number;
}

/** What a pulse on a weight does to one of its devices. */
export interface DevicePulse {
  /** The plane whose device gets it: a number, or an expression where it depends on the weight's state. */
  readonly plane: number | Expression;
  /** 1 for a potentiating pulse, 0 for a depressing one. */
  readonly up: Expression;
}

/** Weights are W = s · W′, of which the arrays hold W′. */
export interface WeightScaling {
  /** `layer`: one factor, 1 at first; `column`: one for each output, its largest |w| by that of the matrix. */
  readonly per: 'layer' | 'column';
  /** Whether training changes s: ∂L/∂s = Σ d · y / s over the batch and what shares the factor. */
  readonly learn: boolean;
}

/**
 * How a matrix of signed weights becomes planes of conductances. With u = w/wMax in [−1, 1] and ideal circuits,
 * u = Σ_readouts significance · Σ_planes weight · g / (gMax − gMin).
 */
export interface Mapping {
  /** Devices per weight. */
  readonly planes: number;
  readonly readouts: readonly Readout[];
  /**
   * Whether the planes share arrays, the devices of a weight in adjacent columns: plane p of column j is bit line
   * planes · j + p. Absent: each plane lies in arrays of its own.
   */
  readonly adjacent?: boolean;
  /**
   * How W[inputs, outputs] is cut into arrays.
   * @param group inputs that come one after the other and belong together: the channels of one position of a convolution
   */
  grid(inputs: number, outputs: number, group?: number): TileGrid;
  /** The largest weight that can be stored, given the largest initial |w|. */
  weightRange(largest: number): number;
  /** A digital factor behind the arrays, beside wMax; absent: there is none. */
  readonly scaling?: WeightScaling;
  /** The smallest difference between two programmed conductances, as a fraction of gMax − gMin; absent: there is none. */
  readonly step?: number;
  /** The conductance (siemens) of a plane that stands for u. */
  encode(plane: number, u: Expression, window: ConductanceWindow): Expression;
  /**
   * The change (siemens) asked of a plane's device for a change of u.
   * @param planes the present conductances of all planes of the weight, siemens
   */
  request(
    plane: number,
    change: Expression,
    planes: readonly Expression[],
    window: ConductanceWindow,
  ): Expression;
  /**
   * The pulses that the devices of a weight get for one pulse of the weight; each changes the weight by the same amount.
   * Absent where a weight cannot be pulsed.
   * @param up 1 where the weight is to go up, 0 where it is to go down
   * @param planes the present conductances of all planes of the weight, siemens
   * @param step the mean change of conductance by one pulse, siemens
   */
  pulses?(
    up: Expression,
    planes: readonly Expression[],
    window: ConductanceWindow,
    step: number,
  ): readonly DevicePulse[];
  /** When the devices of a weight are read and written anew, with what they stand for; absent: never. */
  readonly refresh?: Refresh;
}

/** Devices that only ever go one way have to be taken back, now and then. */
export interface Refresh {
  /** Writes between two refreshes. */
  readonly every: number;
  /** 1 where the devices of a weight need it, 0 elsewhere. @param planes the present conductances, siemens */
  needs(planes: readonly Expression[], window: ConductanceWindow): Expression;
}

/** Weights ↔ conductances. */
export const mapping = defineExtensionPoint<Mapping>('mapping', 'one');
