import { deviceModel } from '@txsim/core';
import {
  abs,
  add,
  constant,
  divide,
  exp,
  less,
  log,
  maximum,
  multiply,
  negate,
  select,
  subtract,
  type Expression,
} from '@txsim/ops';
import { z } from 'zod';
import { deviation } from './draw-once.js';
import { pulsedStep, stepFields, stepNoiseField } from './pulsed-step.js';
import { withSpread } from './spread.js';
import { weightsAreOrdered } from './weight-scale.js';

/** Slopes below this are constant steps to within float32. */
const FLAT = 1e-6;

const slope = (what: string) => ({
  value: z
    .number()
    .min(-10)
    .max(10)
    .default(0)
    .describe(
      `slope γ of ${what}, of which the magnitude counts: fraction of the step that is lost at the bound`,
    ),
  spread: z
    .number()
    .min(0)
    .max(5)
    .default(0)
    .describe(`device-to-device spread of γ of ${what}, σ of γ, dimensionless`),
});
const [potentiation, depression] = [slope('potentiation'), slope('depression')];

const fields = {
  ...stepFields,
  gammaUp: potentiation.value,
  gammaDown: depression.value,
  gammaUpDeviceToDevice: potentiation.spread,
  gammaDownDeviceToDevice: depression.spread,
  noise: stepNoiseField('multiplicative'),
};

/**
 * The step falls linearly towards the bound that it leads to:
 *
 *     potentiation  Δw = +(a+ − |γ+| a+ w / wMax)(1 + sξ)
 *     depression    Δw = −(a− − |γ−| a− w / wMin)(1 + sξ)
 *
 * with γ drawn per device as γ + σξ. n pulses without noise: the step itself decays, by (1 − κ)^n with κ = γa/w_bound,
 * so that the change is step · (1 − (1 − κ)^n) / κ. Source: Rasch et al., arXiv 2104.02184 (linear step device).
 */
export const linearStep = deviceModel({
  id: 'linear-step',
  description: 'Steps that shrink linearly towards hard bounds.',
  citation: 'Rasch et al., arXiv 2104.02184; Li et al., Symp. VLSI Tech. 2018 (capacitor cell)',
  config: z.strictObject(withSpread(fields)).check(weightsAreOrdered),
  create: ({ config }) => {
    const { wMin, wMax, gammaUpDeviceToDevice, gammaDownDeviceToDevice, noise } = config;
    return pulsedStep<typeof fields, 'slopeUp' | 'slopeDown'>(
      config,
      fields,
      (p) => {
        const up = linearLaw(p.stepUp, perBound(multiply(p.slopeUp, p.stepUp), wMax));
        const down = linearLaw(p.stepDown, perBound(multiply(p.slopeDown, p.stepDown), -wMin));
        return {
          up: (w) => up.step(w),
          down: (w) => down.step(negate(w)),
          train: { up: (w, n) => up.train(w, n), down: (w, n) => down.train(negate(w), n) },
        };
      },
      {
        noise,
        extra: ({ number }) => ({
          slopeUp: abs(add(number('gammaUp'), deviation('gamma-up', gammaUpDeviceToDevice))),
          slopeDown: abs(add(number('gammaDown'), deviation('gamma-down', gammaDownDeviceToDevice))),
        }),
      },
    );
  },
});

/** How much a step falls per unit of weight; towards a bound at w = 0, where the law says nothing, steps are constant. */
const perBound = (lost: Expression, bound: number): Expression =>
  bound === 0 ? constant(0) : divide(lost, bound);

/** A step a − κw at the weight w, seen in the direction of the pulse, and the sum of n such steps. */
export function linearLaw(a: Expression, decay: Expression) {
  const step = (w: Expression): Expression => maximum(subtract(a, multiply(decay, w)), 0);
  const train = (w: Expression, n: Expression): Expression => {
    const flat = less(decay, FLAT);
    const kappa = select(flat, constant(FLAT), decay);
    const left = exp(multiply(n, log(maximum(subtract(1, kappa), 1e-30))));
    return multiply(step(w), select(flat, n, divide(subtract(1, left), kappa)));
  };
  return { step, train };
}
