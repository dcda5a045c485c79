import { conductanceRange, type ConductanceWindow, type DeviceModel } from '@txsim/core';
import {
  abs,
  add,
  clamp,
  divide,
  folded,
  mapLeaves,
  maximum,
  select,
  sqrt,
  subtract,
  type Expression,
} from '@txsim/ops';
import { isEachPulse } from './draw-once.js';

/** A device that is made of its parameters. */
type Made = DeviceModel & Required<Pick<DeviceModel, 'pulse' | 'pulseStep'>>;

/** The window of one device, siemens. */
export interface OwnWindow {
  readonly low: Expression;
  readonly high: Expression;
  /** high − low */
  readonly range: Expression;
}

/** A window is at least this part of the nominal one, whatever is drawn. */
const LEAST = 1e-3;

/** The window between gMin and gMax as they are drawn. */
export function ownWindow(low: Expression, gMax: Expression, nominal: ConductanceWindow): OwnWindow {
  const high = maximum(gMax, add(low, LEAST * conductanceRange(nominal)));
  return { low, high, range: subtract(high, low) };
}

/**
 * A model whose expressions are written in parameters, made ready: what is constant is worked out, a request of n pulses
 * sees the mean of the parameters that vary from pulse to pulse, of spread σ/√n, and conductances stay in the window of
 * the device where it has one of its own.
 *
 * @throws Error if pulses change nothing at mid-window, where they are counted
 */
export function finished(model: Made, own?: OwnWindow): DeviceModel {
  const { pulse, respond, pulseStep, perDevice = {} } = model;
  if (!(pulseStep > 0))
    throw new Error(
      'a pulse changes nothing in the middle of the window, where the pulses of a request are counted',
    );
  const drawn = own && folded(own.range).op !== 'constant';
  const limited = (g: Expression): Expression => (drawn ? clamp(g, own.low, own.high) : g);
  return {
    ...model,
    perDevice: Object.fromEntries(Object.entries(perDevice).map(([name, e]) => [name, folded(e)])),
    pulse: ({ g, up }) => folded(limited(pulse({ g: limited(g), up }))),
    respond: (site) => {
      const answer = limited(respond({ ...site, g: limited(site.g) }));
      const next = meanOf(answer, divide(abs(site.request), pulseStep));
      return folded(drawn ? select(abs(site.request), next, site.g) : next);
    },
  };
}

/** With numbers of every pulse replaced by the mean of those of n pulses, at least one. */
const meanOf = (e: Expression, n: Expression): Expression =>
  mapLeaves(e, (leaf) =>
    leaf.op === 'normal' && isEachPulse(leaf.stream) ? divide(leaf, sqrt(maximum(n, 1))) : leaf,
  );
