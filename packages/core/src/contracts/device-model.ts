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

/**
 * A resistive device: the window of its conductance and its answer to an update. The answer is an expression, so it
 * runs as one fused loop on every backend; the result is clipped to the window by the array.
 */
export interface DeviceModel extends ConductanceWindow {
  /** Parameters drawn once per device: expressions of `normal` and `uniform` alone, used as `input(name)`. */
  readonly perDevice?: Readonly<Record<string, Expression>>;
  /** The conductance after the update, siemens. */
  respond(site: DeviceSite): Expression;
}

/** The device at each crosspoint. */
export const deviceModel = defineExtensionPoint<DeviceModel>('deviceModel', 'one');
