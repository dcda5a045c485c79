import { add, clamp, maximum, multiply, subtract, constant, type Expression } from '@txsim/ops';
import type { Drawn } from './spread.js';

/**
 * Linear interpolation between values at equally spaced nodes of [0, 1]; outside, the value of the nearest end. It is
 * a sum of hinges, v_0 + Σ_i (slope_i − slope_{i−1}) · max(t − t_i, 0), so it costs two operations per node.
 *
 * @param values at least one
 */
export function interpolate(t: Expression, values: readonly number[]): Expression {
  const intervals = values.length - 1;
  if (intervals === 0) return constant(values[0]!);
  const at = multiply(clamp(t, 0, 1), intervals);
  const slopes = values.slice(1).map((v, i) => v - values[i]!);
  return slopes.reduce<Expression>((sum, slope, i) => {
    const bend = slope - (slopes[i - 1] ?? 0);
    if (bend === 0) return sum;
    return add(sum, multiply(i === 0 ? at : maximum(subtract(at, i), 0), bend));
  }, constant(values[0]!));
}

/** How the tables of steps up and down vary. */
export type TableSpreads = Readonly<
  Record<'riseFactor' | 'riseShift' | 'fallFactor' | 'fallShift', Expression>
>;

/** The spreads of the tables `up` and `down`. */
export function tableSpreads({ table }: Drawn<'up' | 'down'>): TableSpreads {
  const [rise, fall] = [table('up'), table('down')];
  return {
    riseFactor: rise.factor,
    riseShift: rise.shift,
    fallFactor: fall.factor,
    fallShift: fall.shift,
  };
}

/** A table of steps that varies, factor · interpolated + shift, and is nowhere negative. */
export const stepOfTable = (
  t: Expression,
  values: readonly number[],
  factor: Expression,
  shift: Expression,
): Expression => maximum(add(multiply(interpolate(t, values), factor), shift), 0);
