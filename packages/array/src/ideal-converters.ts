import type { Adc, Dac } from '@txsim/core';

/** Passes on what it gets, with 1 V for an input of 1. */
export const IDEAL_DAC: Dac = { scale: 1, readVoltage: 1, convert: (input) => input };

/** Passes on what it gets. */
export const IDEAL_ADC: Adc = { fullScale: { kind: 'maximal' }, convert: (current) => current };
