import { conductanceRange, deviceModel, type DeviceModel } from '@txsim/core';
import {
  abs,
  add,
  constant,
  divide,
  less,
  multiply,
  negate,
  normal,
  select,
  sqrt,
  subtract,
  type Expression,
} from '@txsim/ops';
import { z } from 'zod';
import { drawOnce, logNormal } from './draw-once.js';
import { finished, ownWindow } from './finished.js';
import { stepOfTable, tableSpreads } from './interpolate.js';
import { pulseStepOf } from './pulsed-step.js';
import { drawn, withSpread } from './spread.js';
import { windowFields, windowIsOpen } from './window-fields.js';

const table = (what: string, standard: number[]) =>
  z.array(z.number().min(0)).min(1).max(64).default(standard).describe(what);
const at = 'at equally spaced conductances from gMin to gMax, siemens';

const fields = {
  ...windowFields,
  up: table(`mean rise by one potentiating pulse ${at}`, [9e-8]),
  down: table(`mean fall by one depressing pulse ${at}`, [9e-8]),
  upSigma: table(`cycle-to-cycle σ of the rise ${at}`, [0]),
  downSigma: table(`cycle-to-cycle σ of the fall ${at}`, [0]),
  stepDeviceToDevice: z
    .number()
    .min(0)
    .max(5)
    .default(0)
    .describe('device-to-device spread of all steps: σ of ln(step), dimensionless'),
};

/**
 * A device as it was measured: mean and spread of the change by one pulse on a grid of conductances, interpolated.
 *
 *     potentiation  ΔG = +f (up(G) + upSigma(G) ξ),   depression  ΔG = −f (down(G) + downSigma(G) ξ)
 *
 * f = e^{σξ} is drawn once per device. A request of ΔG is n = |ΔG| / pulseStep pulses of the size at its beginning,
 * with noise √n. `txsim device fit --model measured` makes the tables from pulse trains.
 */
export const measured = deviceModel({
  id: 'measured',
  description: 'Mean and spread of the change by one pulse over the conductance, from tables.',
  config: z.strictObject(withSpread(fields)).check(windowIsOpen),
  create: ({ config }) => {
    const { gMin, gMax, up, down, upSigma, downSigma, stepDeviceToDevice } = config;
    const range = conductanceRange(config);
    const of = drawn(config, fields);
    const { perDevice, values } = drawOnce({
      factor: logNormal('step', stepDeviceToDevice),
      low: of.number('gMin'),
      high: of.number('gMax'),
      ...tableSpreads(of),
    });
    const one = constant(1);
    // Tables are kept in fractions of the range: the hinges of an interpolation then have numbers near 1.
    const read = (g: Expression, entries: readonly number[], factor: Expression, shift: Expression) =>
      stepOfTable(divide(subtract(g, gMin), range), entries.map((v) => v / range), factor, divide(shift, range)); // prettier-ignore
    const sigma = (g: Expression, entries: readonly number[]) => read(g, entries, one, constant(0));
    const change = (g: Expression, upward: Expression, pulses: Expression): Expression => {
      const { riseFactor, riseShift, fallFactor, fallShift } = values;
      const rise = read(g, up, riseFactor, riseShift);
      const mean = select(upward, rise, negate(read(g, down, fallFactor, fallShift)));
      const silent = [...upSigma, ...downSigma].every((sigma) => sigma === 0);
      const spread = select(upward, sigma(g, upSigma), sigma(g, downSigma));
      const moved = multiply(mean, pulses);
      const noisy = silent ? moved : add(moved, multiply(spread, sqrt(pulses), normal('cycle')));
      return multiply(noisy, values.factor, range);
    };
    const pulse: DeviceModel['pulse'] = ({ g, up: upward }) => add(g, change(g, upward, one));
    const step = pulseStepOf(pulse, perDevice, config);
    const respond: DeviceModel['respond'] = ({ g, request }) =>
      add(g, change(g, less(0, request), divide(abs(request), step)));
    const own = ownWindow(values.low, values.high, config);
    return finished({ gMin, gMax, perDevice, pulse, pulseStep: step, respond }, own);
  },
});
