import type { Direction, Expression } from '@txsim/ops';
import { defineExtensionPoint } from '../plugin/extension-point.js';
import type { ConductanceWindow } from './window.js';

/** Target conductance → what was programmed, siemens. */
export interface ProgramEffect {
  readonly stage: 'program';
  apply(target: Expression, site: { readonly window: ConductanceWindow }): Expression;
}

/**
 * Conductance after the device's response → after the write, siemens. A write is one requested change, one pulse of a
 * train, or one burst of counted pulses.
 */
export interface UpdateEffect {
  readonly stage: 'update';
  apply(written: Expression, site: UpdateSite): Expression;
}

/** What an update effect may depend on. */
export interface UpdateSite {
  readonly window: ConductanceWindow;
  /** The conductance before the write, siemens. */
  readonly before: Expression;
  /** The change that was asked for, siemens; of pulses their mean change in the middle of the window. */
  readonly request: Expression;
  /**
   * The pulses that the device had in updates before this write; a requested change counts as |request| / pulseStep of
   * them, or as one where the device tells no step. Asking for it makes the array count, with two numbers per device.
   */
  readonly pulses: Expression;
}

/** Device state → what is left of it some time after it was written, siemens; it acts where time is asked for. */
export interface RetainEffect {
  readonly stage: 'retain';
  apply(state: Expression, site: RetainSite): Expression;
}

/** What a retain effect may depend on. */
export interface RetainSite {
  readonly window: ConductanceWindow;
  /** Seconds since the devices were written, above 0. */
  readonly time: Expression;
}

/** Device state → the conductance that the circuit sees, siemens. */
export interface ConductEffect {
  readonly stage: 'conduct';
  apply(state: Expression, site: { readonly window: ConductanceWindow }): Expression;
}

/** Current of one line of one array and sample, amperes, before the sense amplifier. */
export interface ReadEffect {
  readonly stage: 'read';
  apply(current: Expression, site: ReadSite): Expression;
  /**
   * The law of noise that grows with conductance: what `deviceCurrentNorm` sums, siemens², by the conductance of a device.
   * To be named by every effect that asks for the norm; a stack can have one law.
   */
  deviceVariance?(g: Expression, site: { readonly window: ConductanceWindow }): Expression;
}

/** What a read effect may depend on. */
export interface ReadSite {
  readonly window: ConductanceWindow;
  readonly direction: Direction;
  /** ‖V‖₂ of the voltages that drive this array, volts. */
  readonly driveNorm: Expression;
  /**
   * √Σ V²·`deviceVariance`(G) over all devices of the line and its planes, amperes; asking for it costs a second product.
   */
  readonly deviceCurrentNorm: Expression;
  /** Devices at each crosspoint whose currents are added in this line. */
  readonly planes: number;
  /** The ADC's full scale, amperes. */
  readonly fullScale: Expression;
}

/** What a non-ideality does at one stage. */
export type StageEffect = ProgramEffect | UpdateEffect | RetainEffect | ConductEffect | ReadEffect;
/** The name of a stage at which a non-ideality acts. */
export type Stage = StageEffect['stage'];

/** One device of each weight W[inputs, outputs] of a matrix. */
export interface DevicePlane {
  /** Name of the matrix. */
  readonly matrix: string;
  readonly plane: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** A deviation from the ideal, acting at the stages it names; within a stage the order is that of the stack. */
export interface NonIdeality {
  /** Parameters drawn once per device: expressions of `normal` and `uniform` alone, used as `input(name)`. */
  readonly perDevice?: Readonly<Record<string, Expression>>;
  /**
   * Parameters that are known of each device and not drawn, used as `input(name)`: a function that is asked for them once
   * for each plane of each matrix. It gives inputs × outputs numbers, input by input.
   */
  readonly known?: Readonly<Record<string, (plane: DevicePlane) => Promise<Float32Array>>>;
  readonly effects: readonly StageEffect[];
}

/** What is not ideal about devices and reads. */
export const nonIdeality = defineExtensionPoint<NonIdeality>('nonIdeality', 'many');
