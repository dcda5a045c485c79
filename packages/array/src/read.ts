import type { Readout } from '@txsim/core';
import { divide, input, multiply, READ_INPUTS, type Direction, type Expression } from '@txsim/ops';
import type { ArrayModel } from './array-model.js';
import { throughCells } from './cells.js';
import { applyEffects, contribute } from './effects.js';

/** Digital input vector → volts on the driven lines: scale, DAC, driver. */
export function lineExpression({ dac, driver }: ArrayModel): Expression {
  const code = dac.convert(divide(input(READ_INPUTS.lines), input(READ_INPUTS.scale)));
  const driven = driver
    ? contribute(driver, { code }, (a) => driver.product.drive(a.code), 'read stage')
    : code;
  return multiply(driven, dac.readVoltage);
}

/** Digital input vector → what conductances are multiplied by, volts: that on the lines, through the curve of the cells. */
export const driveExpression = (model: ArrayModel): Expression =>
  throughCells(model.cells, lineExpression(model));

/** Ideal current → current with read noise, as the ADC sees it: read stage, sense amplifier. */
export function senseExpression(model: ArrayModel, readout: Readout, direction: Direction): Expression {
  const { nonIdealities, sense } = model;
  const site = {
    driveNorm: input(READ_INPUTS.driveNorm),
    deviceCurrentNorm: input(READ_INPUTS.deviceCurrentNorm),
    fullScale: input(READ_INPUTS.fullScale),
  };
  const constants = {
    window: model.device.product,
    direction,
    planes: readout.planes.filter((weight) => weight !== 0).length,
  };
  const read = applyEffects('read', nonIdealities, input(READ_INPUTS.current), site, (effect, value, names) =>
    effect.apply(value, { ...constants, ...names }),
  );
  if (!sense) return read;
  return contribute(
    sense,
    { read, fullScale: site.fullScale },
    (a) => sense.product.sense(a.read, a.fullScale),
    'read stage',
  );
}

/** Current as the ADC sees it → converted current. */
export const convertExpression = ({ adc }: ArrayModel, seen: Expression): Expression =>
  adc.convert(seen, input(READ_INPUTS.fullScale));
