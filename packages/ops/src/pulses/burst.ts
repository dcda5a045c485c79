import { add, constant, multiply, sqrt, subtract, type Expression } from '../expression/expression.js';
import { mapLeaves } from '../expression/traverse.js';

/** An expression without its noise: normal numbers are 0 and uniform ones ½. */
export const withoutNoise = (e: Expression): Expression =>
  mapLeaves(e, (leaf) => {
    if (leaf.op === 'normal') return constant(0);
    return leaf.op === 'uniform' ? constant(0.5) : leaf;
  });

/**
 * n pulses at once: with one pulse p(g, ξ),
 *
 *     g + n · (p(g, 0) − g) + √n · (p(g, ξ) − p(g, 0))
 *
 * so n times the mean step at the present conductance, and noise of the variance of n independent pulses. Exact where
 * neither step nor noise depends on g (constant steps, additive noise); elsewhere the error of the mean is
 * n(n−1)/2 · step · ∂step/∂g and smaller terms: for soft bounds, n pulses of step a in a window b are off by
 * n(n−1)/2 · a²/b.
 *
 * @param pulse the conductance after one pulse, an expression of `g`
 */
export function burst(pulse: Expression, g: Expression, n: Expression): Expression {
  const mean = withoutNoise(pulse);
  const moved = add(g, multiply(n, subtract(mean, g)));
  return add(moved, multiply(sqrt(n), subtract(pulse, mean)));
}
