import type { Expression } from '@txsim/ops';
import { defineExtensionPoint } from '../plugin/extension-point.js';
import type { ConductanceWindow } from './window.js';

/** What a device's response may depend on. */
export interface DeviceSite {
  /** The conductance before the update, siemens. */
  readonly g: Expression;
  /** The change that the update rule asks for, siemens; positive potentiates. */
  readonly request: Expression;
}

/** What the answer to one programming pulse may depend on. */
export interface PulseSite {
  /** The conductance before the pulse, siemens. */
  readonly g: Expression;
  /** 1 for a potentiating pulse, 0 for a depressing one. */
  readonly up: Expression;
}

/**
 * A resistive device: the window of its conductance and its answer to an update. The answer is an expression, so it
 * runs as one fused loop on every backend; the result is clipped to the window by the array.
 */
export interface DeviceModel extends ConductanceWindow {
  /** Parameters drawn once per device: expressions of `normal` and `uniform` alone, used as `input(name)`. */
  readonly perDevice?: Readonly<Record<string, Expression>>;
  /** The conductance after the update, siemens. */
  respond(site: DeviceSite): Expression;
  /** The conductance after one pulse, siemens; absent where the device is only known by its answer to a request. */
  pulse?(site: PulseSite): Expression;
  /** The mean change of one pulse at the middle of the window, siemens; present with `pulse`. */
  readonly pulseStep?: number;
  /** Pulses from end to end of the window, where the model is stated by them. */
  readonly states?: { readonly up: number; readonly down: number };
}

/** The device at each crosspoint. */
export const deviceModel = defineExtensionPoint<DeviceModel>('deviceModel', 'one');
