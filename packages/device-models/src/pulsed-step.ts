import type { DeviceModel } from '@txsim/core';
import {
  abs,
  add,
  clamp,
  constant,
  divide,
  input,
  less,
  maximum,
  minimum,
  multiply,
  negate,
  noiseStreams,
  numberOf,
  select,
  sqrt,
  subtract,
  type Expression,
} from '@txsim/ops';
import { z } from 'zod';
import { deviation, drawOnce, logNormal } from './draw-once.js';
import { finished } from './finished.js';
import { nominalParameters } from './response/nominal-parameters.js';
import { drawn, type Drawn, type SpreadConfig } from './spread.js';
import { weightFields, weightScale } from './weight-scale.js';
import { windowFields } from './window-fields.js';

const spread = (what: string) =>
  z
    .number()
    .min(0)
    .max(5)
    .default(0)
    .describe(`device-to-device spread of ${what}, relative σ, dimensionless`);

/** The configuration keys that all pulsed step models have. */
export const stepFields = {
  ...windowFields,
  ...weightFields,
  dw: z.number().positive().default(0.001).describe('nominal step a at w = 0, weight units'),
  stepDeviceToDevice: spread('the step'),
  stepDistribution: z
    .enum(['normal', 'lognormal'])
    .default('normal')
    .describe('factor of the step of a device: normal 1 + σξ, lognormal e^σξ'),
  upDown: z
    .number()
    .min(-1)
    .max(1)
    .default(0)
    .describe('asymmetry u: positive weakens depression by it, negative potentiation, fraction of the step'),
  upDownDeviceToDevice: z
    .number()
    .min(0)
    .max(5)
    .default(0)
    .describe('device-to-device spread of the asymmetry, σ in fractions of the step'),
  wMaxDeviceToDevice: spread('the upper bound'),
  wMinDeviceToDevice: spread('the lower bound'),
  cycleToCycle: z
    .number()
    .min(0)
    .max(20)
    .default(0)
    .describe('cycle-to-cycle spread s of each pulse, fraction of its step'),
};

/** A configuration with the keys of {@link stepFields}. */
export type StepConfig = z.infer<z.ZodObject<typeof stepFields>> & SpreadConfig;

/** Keys of a configuration with those of {@link stepFields}. */
type StepFields = typeof stepFields & Readonly<Record<string, z.ZodType>>;
/** The parameters of a configuration with the keys F. */
type DrawnFrom<F> = Drawn<keyof F & string>;

/** How cycle-to-cycle noise scales: with the step at the present weight, or with the step at w = 0. */
export const stepNoiseField = (standard: 'multiplicative' | 'additive') =>
  z
    .enum(['multiplicative', 'additive'])
    .default(standard)
    .describe('cycle-to-cycle noise is a fraction of the present step (multiplicative) or of a (additive)');

/** The parameters of one device in weight units: a+, a−, b_max, b_min. */
export interface StepParameters {
  readonly stepUp: Expression;
  readonly stepDown: Expression;
  readonly upper: Expression;
  readonly lower: Expression;
}

/** Mean change at the weight w, by a pulse or, where the model has a closed form, by n pulses; weight units. */
export interface StepLaw {
  /** How much a potentiating pulse raises w. */
  readonly up: (w: Expression) => Expression;
  /** How much a depressing pulse lowers w. */
  readonly down: (w: Expression) => Expression;
  readonly train?: {
    readonly up: (w: Expression, pulses: Expression) => Expression;
    readonly down: (w: Expression, pulses: Expression) => Expression;
  };
}

/** The parameters of one device with what its model draws beside them. */
type Parameters<Extra extends string> = StepParameters & Readonly<Record<Extra, Expression>>;

interface StepOptions<F, Extra extends string> {
  readonly noise?: 'multiplicative' | 'additive';
  /** What a model draws beside a± and the bounds. */
  readonly extra?: (of: DrawnFrom<F>) => Readonly<Record<Extra, Expression>>;
  /** The law acts on w + reference, weight units. */
  readonly reference?: (p: Parameters<Extra>) => Expression;
  /** Steps and bounds before their spreads, where they are not dw, wMin and wMax; weight units. */
  readonly nominal?: (of: DrawnFrom<F>) => StepParameters;
}

/**
 * A pulsed step device: a pulse changes w by its own a±·h±(w)(1 + sξ) and stops at its own bounds. With the
 * device-to-device numbers drawn once per device,
 *
 *     g = 1 + σ ξ (or e^σξ),   r = σ_ud ξ
 *     a+ = dw |min(u, 0) + g + r|,   a− = dw |min(−u, 0) + g − r|
 *     b_max = wMax |1 + σ_max ξ|,   b_min = wMin |1 + σ_min ξ|
 *
 * A request of ΔG is answered like a train of n = |ΔG| / pulseStep pulses, n not rounded: by the model's closed form
 * where it has one, else by n times the step at the beginning. Its noise is that of n independent pulses of equal size,
 * s·√n of one step; this is exact for constant steps, and of first order in ΔG/range elsewhere.
 *
 * Source: Gokmen & Vlasov, Front. Neurosci. 10:333 (2016); the parameters and their spreads as in Rasch et al.,
 * arXiv 2104.02184.
 */
export function pulsedStep<F extends StepFields, Extra extends string = never>(
  config: StepConfig,
  fields: F,
  law: (p: Parameters<Extra>) => StepLaw,
  { noise = 'multiplicative', extra, reference, nominal = stated }: StepOptions<F, Extra> = {},
): DeviceModel {
  const { zero, unit } = weightScale(config);
  const of: DrawnFrom<F> = drawn(config, fields);
  const { perDevice, values } = drawOnce({ ...stepParameters(config, of, nominal(of)), ...extra?.(of) });
  const p = values as Parameters<Extra>;
  const { up, down, train } = law(p);
  const shift = reference?.(p) ?? constant(0);
  const weight = (g: Expression): Expression => add(divide(subtract(g, zero), unit), shift);
  const siemens = (w: Expression): Expression => add(multiply(subtract(w, shift), unit), zero);
  const limited = (g: Expression): Expression => clamp(g, siemens(p.lower), siemens(p.upper));
  const scatter = config.cycleToCycle === 0 ? undefined : deviation('cycle', config.cycleToCycle);
  /** g + sign · unit · (change + noise of `pulses` pulses), within the device's own bounds. */
  const moved = (g: Expression, upward: Expression, [rise, fall]: Pair, [noisyUp, noisyDown]: Pair) => {
    const change = select(upward, rise, negate(fall));
    const noisy = scatter ? add(change, multiply(select(upward, noisyUp, noisyDown), scatter)) : change;
    return limited(add(g, multiply(noisy, unit)));
  };
  const pulse: DeviceModel['pulse'] = ({ g, up: upward }) => {
    const w = weight(g);
    const steps: Pair = [up(w), down(w)];
    return moved(g, upward, steps, noise === 'multiplicative' ? steps : [p.stepUp, p.stepDown]);
  };
  const step = pulseStepOf(pulse, perDevice, config);
  return finished({
    gMin: config.gMin,
    gMax: config.gMax,
    perDevice,
    pulse,
    pulseStep: step,
    respond: ({ g, request }) => {
      const w = weight(g);
      const pulses = divide(abs(request), step);
      const changes: Pair = train
        ? [train.up(w, pulses), train.down(w, pulses)]
        : [multiply(up(w), pulses), multiply(down(w), pulses)];
      const root = sqrt(pulses);
      const noisy = (noise === 'multiplicative' ? changes : [p.stepUp, p.stepDown]).map((x) =>
        noise === 'multiplicative' ? divide(x, maximum(root, 1e-10)) : multiply(x, root),
      ) as unknown as Pair;
      return select(abs(request), moved(g, less(0, request), changes, noisy), g);
    },
  });
}

type Pair = readonly [Expression, Expression];

/** Bounds that are drawn are at least this part of the range away from w = 0: laws divide by them. */
export const LEAST = 1e-6;

const beyond = (bound: Expression, least: number, further: typeof maximum): Expression =>
  noiseStreams(bound).length > 0 ? further(bound, least) : bound;

/** Steps and bounds as the configuration states them. */
const stated = (of: Drawn<'dw' | 'wMin' | 'wMax'>): StepParameters => {
  const dw = of.number('dw');
  return { stepUp: dw, stepDown: dw, lower: of.number('wMin'), upper: of.number('wMax') };
};

function stepParameters(
  config: StepConfig,
  of: Drawn<'upDown'>,
  { stepUp, stepDown, lower, upper }: StepParameters,
): StepParameters {
  const { stepDeviceToDevice, stepDistribution, upDownDeviceToDevice } = config;
  const upDown = of.number('upDown');
  const factor =
    stepDistribution === 'lognormal'
      ? logNormal('step', stepDeviceToDevice)
      : add(1, deviation('step', stepDeviceToDevice));
  const imbalance = deviation('up-down', upDownDeviceToDevice);
  const bound = (name: string, sigma: number): Expression => abs(add(1, deviation(name, sigma)));
  const least = LEAST * (config.wMax - config.wMin);
  return {
    stepUp: multiply(abs(add(minimum(upDown, 0), factor, imbalance)), stepUp),
    stepDown: multiply(abs(subtract(add(minimum(negate(upDown), 0), factor), imbalance)), stepDown),
    upper: beyond(multiply(bound('upper', config.wMaxDeviceToDevice), upper), least, maximum),
    lower: beyond(multiply(bound('lower', config.wMinDeviceToDevice), lower), -least, minimum),
  };
}

/** The mean of a potentiating and a depressing pulse of the nominal device at the middle of the window, siemens. */
export function pulseStepOf(
  pulse: NonNullable<DeviceModel['pulse']>,
  perDevice: Readonly<Record<string, Expression>>,
  { gMin, gMax }: { readonly gMin: number; readonly gMax: number },
): number {
  const middle = (gMin + gMax) / 2;
  const parameters = nominalParameters({ perDevice });
  const after = numberOf(pulse({ g: input('g'), up: input('up') }));
  const at = (up: number): number => after({ ...parameters, g: middle, up });
  return (at(1) - at(0)) / 2;
}
