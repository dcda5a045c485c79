import { abs, divide, floor, multiply, sign, subtract, type Expression } from '@txsim/ops';

/**
 * The whole pulses of a sum of changes, and what they leave of it:
 *
 *     n = trunc(sum / unit) as `limited` has it,   rest = sum − n · unit
 *
 * @param sum changes of weights added up, in units of weights
 * @param unit change that one pulse stands for, in units of weights
 */
export function wholePulses(
  sum: Expression,
  unit: number,
  limited = (n: Expression): Expression => n,
): { readonly pulses: Expression; readonly rest: Expression } {
  const pulses = limited(multiply(sign(sum), floor(divide(abs(sum), unit))));
  return { pulses, rest: subtract(sum, multiply(pulses, unit)) };
}
