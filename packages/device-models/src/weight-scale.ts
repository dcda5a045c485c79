import { conductanceRange, type ConductanceWindow } from '@txsim/core';
import { z } from 'zod';
import { windowIsOpen } from './window-fields.js';

/** The configuration keys of a model that its literature states in units of weight. */
export const weightFields = {
  wMin: z.number().max(0).default(-0.6).describe('nominal lower bound in weight units, dimensionless'),
  wMax: z.number().min(0).default(0.6).describe('nominal upper bound in weight units, dimensionless'),
  margin: z
    .number()
    .min(0)
    .max(0.45)
    .default(0)
    .describe(
      'room between each end of the window and the nominal bound, fraction of gMax − gMin, for devices whose own bounds lie farther out',
    ),
};

/** A configuration with a window and weight units. */
export interface WeightConfig extends ConductanceWindow {
  readonly wMin: number;
  readonly wMax: number;
  readonly margin: number;
}

interface Payload {
  value: WeightConfig;
  issues: z.core.$ZodRawIssue[];
}

/** Checks of schemas with a window and weight units: gMin < gMax and wMin < wMax. */
export const weightsAreOrdered = (payload: Payload): void => {
  windowIsOpen(payload);
  const { wMin, wMax } = payload.value;
  if (!(wMin < wMax)) refuse(payload, `expected wMin < wMax, but wMax is ${wMax}`);
};

/** A check for models that divide by both bounds: wMin < 0 < wMax. */
export const zeroIsInside = (payload: Payload): void => {
  const { wMin, wMax } = payload.value;
  if (wMin === 0 || wMax === 0) refuse(payload, `expected wMin < 0 < wMax, got ${wMin} and ${wMax}`);
};

const refuse = ({ value, issues }: Payload, message: string): void =>
  void issues.push({ code: 'custom', path: ['wMin'], input: value, message });

/** The straight line between weight units and siemens: G = zero + unit · w. */
export interface WeightScale {
  /** The conductance of w = 0, siemens. */
  readonly zero: number;
  /** Siemens per unit of weight. */
  readonly unit: number;
}

/**
 * The nominal bounds [wMin, wMax] stand for the window [gMin, gMax] less its margin m at both ends:
 *
 *     unit = (gMax − gMin)(1 − 2m) / (wMax − wMin),   zero = gMin + m(gMax − gMin) − wMin · unit
 */
export function weightScale(config: WeightConfig): WeightScale {
  const { gMin, wMin, wMax, margin } = config;
  const range = conductanceRange(config);
  const unit = (range * (1 - 2 * margin)) / (wMax - wMin);
  return { unit, zero: gMin + margin * range - wMin * unit };
}
