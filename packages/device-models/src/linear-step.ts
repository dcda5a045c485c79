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
import { weightsAreOrdered } from './weight-scale.js';

/** Slopes below this are constant steps to within float32. */
const FLAT = 1e-6;

const slope = (what: string) => ({
  value: z.number().min(-1).max(1).default(0).describe(`slope γ of ${what}, fraction of the step per bound`),
  spread: z.number().min(0).max(5).default(0).describe(`device-to-device spread of γ of ${what}, σ of γ`),
});
const [potentiation, depression] = [slope('potentiation'), slope('depression')];

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
  config: z
    .strictObject({
      ...stepFields,
      gammaUp: potentiation.value,
      gammaDown: depression.value,
      gammaUpDeviceToDevice: potentiation.spread,
      gammaDownDeviceToDevice: depression.spread,
      noise: stepNoiseField('multiplicative'),
    })
    .check(weightsAreOrdered),
  create: ({ config }) => {
    const { wMin, wMax, gammaUp, gammaDown, gammaUpDeviceToDevice, gammaDownDeviceToDevice, noise } = config;
    const extra = {
      slopeUp: abs(add(gammaUp, deviation('gamma-up', gammaUpDeviceToDevice))),
      slopeDown: abs(add(gammaDown, deviation('gamma-down', gammaDownDeviceToDevice))),
    };
    return pulsedStep<keyof typeof extra>(
      config,
      (p) => {
        const up = linearLaw(p.stepUp, divide(multiply(p.slopeUp, p.stepUp), wMax));
        const down = linearLaw(p.stepDown, divide(multiply(p.slopeDown, p.stepDown), -wMin));
        return {
          up: (w) => up.step(w),
          down: (w) => down.step(negate(w)),
          train: { up: (w, n) => up.train(w, n), down: (w, n) => down.train(negate(w), n) },
        };
      },
      { noise, extra },
    );
  },
});

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
