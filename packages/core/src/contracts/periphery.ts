import type { Expression } from '@txsim/ops';
import { defineExtensionPoint } from '../plugin/extension-point.js';

/** The analog circuit between a DAC and its line. */
export interface Driver {
  /** The DAC's voltage in units of the read voltage → the voltage on the line, in the same units. */
  drive(voltage: Expression): Expression;
}

/** The analog circuit between a line and its ADC. */
export interface Sense {
  /** The line's current and the ADC's full scale, both amperes → what the ADC sees, amperes. */
  sense(current: Expression, fullScale: Expression): Expression;
}

/** The line driver; none is an ideal one. */
export const driver = defineExtensionPoint<Driver>('driver', 'one');
/** The sense amplifier; none is an ideal one. */
export const sense = defineExtensionPoint<Sense>('sense', 'one');
