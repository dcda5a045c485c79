import { deviceModel } from '@txsim/core';
import {
  add,
  divide,
  expm1,
  maximum,
  minimum,
  multiply,
  negate,
  subtract,
  type Expression,
} from '@txsim/ops';
import { z } from 'zod';
import { deviation } from './draw-once.js';
import { linearLaw } from './linear-step.js';
import {
  LEAST,
  pulsedStep,
  stepFields,
  stepNoiseField,
  type StepLaw,
  type StepParameters,
} from './pulsed-step.js';
import { withSpread } from './spread.js';
import { weightsAreOrdered, zeroIsInside } from './weight-scale.js';

const softFields = { ...stepFields, noise: stepNoiseField('multiplicative') };

const referenceFields = {
  ...stepFields,
  noise: stepNoiseField('additive'),
  reference: z.number().default(0).describe('mean of the reference, weight units'),
  referenceDeviceToDevice: z
    .number()
    .min(0)
    .default(0)
    .describe('device-to-device spread of the reference, σ in weight units'),
  symmetric: z.boolean().default(false).describe('adds the symmetry point of each device to its reference'),
};

const { dw: _, ...fieldsWithoutStep } = stepFields;
const pmaxFields = {
  ...fieldsWithoutStep,
  noise: stepNoiseField('multiplicative'),
  pMax: z.number().min(1).default(1000).describe('pulses of the train from wMin to wMax, count'),
  alpha: z.number().positive().max(0.5).default(5e-4).describe('rate α of the exponential, per pulse'),
};

/**
 * The step vanishes at the device's own bound, so that pulses approach it and never reach it:
 *
 *     potentiation  Δw = +a+(1 − w/b_max)(1 + sξ)     n pulses: b_max − (b_max − w)(1 − a+/b_max)^n
 *     depression    Δw = −a−(1 − w/b_min)(1 + sξ)
 *
 * Source: Fusi & Abbott, Nat. Neurosci. 10:485 (2007); Rasch et al., arXiv 2104.02184.
 */
export const softBounds = deviceModel({
  id: 'soft-bounds',
  description: 'Steps that vanish at the bounds of the device.',
  citation: 'Fusi & Abbott, Nat. Neurosci. 10:485 (2007); Rasch et al., arXiv 2104.02184',
  config: z.strictObject(withSpread(softFields)).check(weightsAreOrdered, zeroIsInside),
  create: ({ config }) => pulsedStep(config, softFields, softLaw, { noise: config.noise }),
});

/**
 * Soft bounds whose weight is read against a reference: the law acts on w + ref. The reference is drawn per device;
 * `symmetric` adds the device's own symmetry point, where steps up and down cancel,
 *
 *     w* = (a+ − a−) / (a+/b_max − a−/b_min)
 *
 * so that w = 0 is its symmetry point. Source: Gong et al., IEDM 2022 (ReRAM arrays); Rasch et al., Nat. Commun.
 * 15:7133 (2024).
 */
export const softBoundsReference = deviceModel({
  id: 'soft-bounds-reference',
  description: 'Soft bounds, read against a reference that may be the symmetry point of the device.',
  citation: 'Gong et al., IEDM 2022; Rasch et al., Nat. Commun. 15:7133 (2024)',
  config: z.strictObject(withSpread(referenceFields)).check(weightsAreOrdered, zeroIsInside),
  create: ({ config }) => {
    const { noise, referenceDeviceToDevice, symmetric } = config;
    return pulsedStep<typeof referenceFields, 'offset'>(config, referenceFields, softLaw, {
      noise,
      extra: ({ number }) => ({
        offset: add(number('reference'), deviation('reference', referenceDeviceToDevice)),
      }),
      reference: (p) => (symmetric ? add(p.offset, softSymmetryPoint(p)) : p.offset),
    });
  },
});

/**
 * Soft bounds stated by a measured train of pMax pulses that takes the device from wMin to wMax:
 *
 *     w(p) = wMin + B(1 − e^{−αp}),   B = (wMax − wMin) / (1 − e^{−α pMax})
 *
 * A pulse takes away the fraction α of the distance to the asymptote, wMin + B upwards and wMax − B downwards, so the
 * step at w is α(wMin + B − w). The asymptotes lie beyond the window, which cuts the curve where the measured train
 * ended; `margin` makes room for what lies beyond. Source: Frascaroli et al., Sci. Rep. 8:7178 (2018).
 */
export const softBoundsPmax = deviceModel({
  id: 'soft-bounds-pmax',
  description:
    'Soft bounds stated by the number of pulses from bound to bound and the rate of the exponential.',
  citation: 'Frascaroli et al., Sci. Rep. 8:7178 (2018)',
  config: z.strictObject(withSpread(pmaxFields)).check(weightsAreOrdered),
  create: ({ config }) =>
    pulsedStep({ ...config, dw: 1 }, { ...pmaxFields, dw: stepFields.dw }, softLaw, {
      noise: config.noise,
      nominal: ({ number }) => {
        const [wMin, wMax, alpha] = [number('wMin'), number('wMax'), number('alpha')];
        const reach = divide(subtract(wMax, wMin), negate(expm1(negate(multiply(alpha, number('pMax'))))));
        // Where w = 0 is an end of the range, its asymptote may lie there.
        const least = LEAST * (config.wMax - config.wMin);
        const [lower, upper] = [minimum(subtract(wMax, reach), -least), maximum(add(wMin, reach), least)];
        return { lower, upper, stepUp: multiply(upper, alpha), stepDown: multiply(lower, negate(alpha)) };
      },
    }),
});

/** Steps a(1 − w/bound) in both directions. */
function softLaw({ stepUp, stepDown, upper, lower }: StepParameters): StepLaw {
  const rise = linearLaw(stepUp, divide(stepUp, upper));
  const fall = linearLaw(stepDown, negate(divide(stepDown, lower)));
  return {
    up: (w) => rise.step(w),
    down: (w) => fall.step(negate(w)),
    train: { up: (w, n) => rise.train(w, n), down: (w, n) => fall.train(negate(w), n) },
  };
}

/** Where the steps of a device with soft bounds cancel, weight units. */
const softSymmetryPoint = ({ stepUp, stepDown, upper, lower }: StepParameters): Expression =>
  divide(subtract(stepUp, stepDown), subtract(divide(stepUp, upper), divide(stepDown, lower)));
