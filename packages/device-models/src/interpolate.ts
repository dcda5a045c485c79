import { add, clamp, maximum, multiply, subtract, constant, type Expression } from '@txsim/ops';

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
