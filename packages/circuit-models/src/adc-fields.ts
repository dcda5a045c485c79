import type { Adc, FullScale } from '@txsim/core';
import { add, input, multiply, normal, type Expression } from '@txsim/ops';
import { z } from 'zod';

/** How the full scale of an ADC is found. */
const range = z
  .union([
    z.strictObject({
      calibrate: z.number().gt(0.5).max(1).describe('quantile of |current| over a batch'),
      every: z.int().min(1).default(100).describe('steps between calibrations'),
    }),
    z.enum(['maximal', 'granular']),
    z.number().positive().describe('full scale, amperes'),
  ])
  .default({ calibrate: 0.999, every: 100 })
  .describe(
    'full scale: calibrated on data, all devices at gMax ("maximal"), one level per smallest step of current ("granular"), or amperes',
  );

/** Keys of every ADC. */
export const adcFields = {
  range,
  retries: z
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe(
      'bound management: how often the inputs of a vector are halved while one of its currents saturates',
    ),
  gainSpread: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe('standard deviation of the gain from converter to converter, fraction'),
  offsetSpread: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe('standard deviation of the offset from converter to converter, fraction of the full scale'),
  sharedBy: z
    .int()
    .min(1)
    .max(4096)
    .default(1)
    .describe('lines of an array that a converter serves one after the other'),
};

interface Chosen {
  readonly range: z.output<typeof range>;
  readonly retries: number;
  readonly gainSpread: number;
  readonly offsetSpread: number;
  readonly sharedBy: number;
}

/**
 * An ADC with these keys: I → quantise((1 + σ_gain ξ) I + σ_offset ξ′ · full scale), ξ and ξ′ drawn once per converter.
 *
 * @param levels on each side of zero
 */
export function adcOf(chosen: Chosen, levels: number, quantise: Adc['convert']): Adc {
  const { retries, gainSpread, offsetSpread, sharedBy } = chosen;
  const perConverter: Record<string, Expression> = {};
  if (gainSpread > 0) perConverter['gain'] = multiply(normal('gain'), gainSpread);
  if (offsetSpread > 0) perConverter['offset'] = multiply(normal('offset'), offsetSpread);
  const seen = (current: Expression, fullScale: Expression): Expression => {
    const amplified = gainSpread > 0 ? multiply(current, add(1, input('gain'))) : current;
    return offsetSpread > 0 ? add(amplified, multiply(input('offset'), fullScale)) : amplified;
  };
  return {
    fullScale: fullScaleOf(chosen.range, levels),
    retries,
    sharedBy,
    perConverter,
    convert: (current, fullScale) => quantise(seen(current, fullScale), fullScale),
  };
}

function fullScaleOf(chosen: Chosen['range'], levels: number): FullScale {
  if (chosen === 'maximal') return { kind: 'maximal' };
  if (chosen === 'granular') return { kind: 'granular', levels };
  if (typeof chosen === 'number') return { kind: 'fixed', amperes: chosen };
  return { kind: 'calibrated', quantile: chosen.calibrate, every: chosen.every };
}
