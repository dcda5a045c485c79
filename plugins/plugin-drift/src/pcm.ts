import { nonIdeality } from '@txsim/core';
import {
  add,
  clamp,
  divide,
  exp,
  input,
  log,
  maximum,
  minimum,
  multiply,
  normal,
  power,
  sqrt,
  subtract,
  type Expression,
} from '@txsim/ops';
import { z } from 'zod';

/** Of the fits: largest conductance (µS), time of verification and length of a read (seconds). */
const [G_MAX_MICROSIEMENS, T0, T_READ] = [25, 20, 250e-9];
/** Below this fraction of gMax the logarithm of a conductance is that of this fraction: its clamps act long before. */
const SMALLEST = 1e-6;

/**
 * Phase-change memory by statistics that were fitted to measured devices. With r = G/gMax:
 *
 *     programming  G + σ_p ξ,  σ_p = (.26348 + 1.9650 r − 1.1731 r²) µS for gMax = 25 µS, scaled with gMax
 *     drift        G ((t + t0)/t0)^−ν,  ν = mean + spread · ξ per device
 *                  mean = clamp(−.0155 ln r + .0244, .049, .1),  spread = clamp(−.0125 ln r − .0059, .008, .045)
 *     read         G (1 + Q √ln((t + t0 + t_read)/(2 t_read)) ξ),  Q = min(.0088/max(r^.65, 10⁻³), .2)
 *
 * t0 = 20 s, t_read = 250 ns. Drift and 1/f read noise act where time is asked for; the read noise is drawn once for
 * each time and state, not for each read. Source: Nandakumar et al., ICECS 2019 (the fits, as aihwkit's PCM-like noise
 * model has them); Joshi et al., Nat. Commun. 11:2473 (2020).
 */
export const pcm = nonIdeality({
  id: 'pcm',
  description: 'Phase-change memory: programming noise, drift and 1/f read noise from measured statistics.',
  citation: 'Nandakumar et al., ICECS 2019; Joshi et al., Nat. Commun. 11:2473 (2020)',
  config: z.strictObject({
    programming: z
      .number()
      .min(0)
      .max(10)
      .default(1)
      .describe('programming noise, multiple of the measured one'),
    drift: z.number().min(0).max(10).default(1).describe('drift exponents, multiple of the measured ones'),
    read: z.number().min(0).max(10).default(1).describe('read noise, multiple of the measured one'),
  }),
  create: ({ config }) => ({
    ...(config.drift > 0 && { perDevice: { drift: normal('drift') } }),
    effects: [
      {
        stage: 'program',
        apply: (target, { window: { gMax } }) => {
          const sigma = multiply(programmingSigma(divide(target, gMax)), (config.programming * gMax) / G_MAX_MICROSIEMENS); // prettier-ignore
          return config.programming === 0 ? target : add(target, multiply(sigma, normal('programming')));
        },
      },
      {
        stage: 'retain',
        apply: (state, { time, window: { gMax } }) => {
          const r = maximum(divide(state, gMax), SMALLEST);
          const age = log(add(multiply(time, 1 / T0), 1));
          const drifted =
            config.drift === 0
              ? state
              : multiply(state, exp(multiply(age, driftExponent(r, input('drift')), -config.drift)));
          if (config.read === 0) return drifted;
          return multiply(drifted, add(1, multiply(readSigma(r, time), normal('read'), config.read)));
        },
      },
    ],
  }),
});

/** σ_p in µS at gMax = 25 µS. */
const programmingSigma = (r: Expression): Expression =>
  add(0.26348, multiply(r, subtract(1.965, multiply(r, 1.1731))));

const driftExponent = (r: Expression, xi: Expression): Expression => {
  const size = log(r);
  const mean = clamp(add(multiply(size, -0.0155), 0.0244), 0.049, 0.1);
  const spread = clamp(subtract(multiply(size, -0.0125), 0.0059), 0.008, 0.045);
  return add(mean, multiply(spread, xi));
};

const readSigma = (r: Expression, time: Expression): Expression => {
  const q = minimum(divide(0.0088, maximum(power(r, 0.65), 1e-3)), 0.2);
  return multiply(q, sqrt(log(multiply(add(time, T0 + T_READ), 1 / (2 * T_READ)))));
};
