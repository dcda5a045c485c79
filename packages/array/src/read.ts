import type { Readout } from '@txsim/core';
import { divide, input, multiply, type Direction, type Expression } from '@txsim/ops';
import type { ArrayModel } from './array-model.js';
import { applyEffects, contribute } from './effects.js';

/** Names that the expressions of a read use. */
export const LINES = 'lines';
export const SCALE = 'scale';
export const CURRENT = 'current';
export const FULL_SCALE = 'fullScale';
export const DRIVE_NORM = 'driveNorm';
export const DEVICE_CURRENT_NORM = 'deviceCurrentNorm';

/** Digital input vector → volts on the driven lines: scale, DAC, driver. */
export function driveExpression({ dac, driver }: ArrayModel): Expression {
  const code = dac.convert(divide(input(LINES), input(SCALE)));
  const driven = driver ? contribute(driver, { code }, (a) => driver.product.drive(a.code)) : code;
  return multiply(driven, dac.readVoltage);
}

/** Ideal current → current with read noise, as the ADC sees it: read stage, sense amplifier. */
export function senseExpression(model: ArrayModel, readout: Readout, direction: Direction): Expression {
  const { nonIdealities, sense } = model;
  const site = {
    driveNorm: input(DRIVE_NORM),
    deviceCurrentNorm: input(DEVICE_CURRENT_NORM),
    fullScale: input(FULL_SCALE),
  };
  const constants = {
    window: model.device.product,
    direction,
    planes: readout.planes.filter((weight) => weight !== 0).length,
  };
  const read = applyEffects('read', nonIdealities, input(CURRENT), site, (effect, value, names) =>
    effect.apply(value, { ...constants, ...names }),
  );
  if (!sense) return read;
  return contribute(sense, { read, fullScale: site.fullScale }, (a) =>
    sense.product.sense(a.read, a.fullScale),
  );
}

/** Ideal current → converted current: everything behind the array, as one expression. */
export const convertExpression = (model: ArrayModel, readout: Readout, direction: Direction): Expression =>
  model.adc.convert(senseExpression(model, readout, direction), input(FULL_SCALE));
