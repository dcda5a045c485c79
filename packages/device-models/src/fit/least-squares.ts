import { inverseOfSymmetric, times } from './linear-system.js';

/** A parameter of a fit: where it starts, and between what it must stay. */
export interface FitParameter {
  readonly start: number;
  readonly low: number;
  readonly high: number;
}

/** The least-squares solution. */
export interface LeastSquares {
  readonly values: Float64Array;
  readonly residuals: Float64Array;
  /** ∂ residual / ∂ parameter at the solution, one array per parameter. */
  readonly jacobian: readonly Float64Array[];
  /** (JᵀJ)⁻¹; undefined where the data do not determine all parameters. */
  readonly inverse: readonly Float64Array[] | undefined;
  readonly converged: boolean;
}

const MOST_STEPS = 200;

/**
 * Minimises Σ residual² by the Levenberg–Marquardt method with Marquardt's scaling and a Jacobian by central
 * differences; steps are cut at the limits of the parameters, and a parameter that would leave them is held. Source: Marquardt, J. SIAM 11:431 (1963); Nielsen,
 * IMM-REP-1999-05 for the damping.
 *
 * @param residualsOf must return arrays of equal length
 */
export function leastSquares(
  parameters: readonly FitParameter[],
  residualsOf: (values: Float64Array) => Float64Array,
): LeastSquares {
  const limited = (values: Float64Array): Float64Array =>
    values.map((v, i) => Math.min(Math.max(v, parameters[i]!.low), parameters[i]!.high));
  let values: Float64Array = Float64Array.from(parameters, (p) => p.start);
  let residuals = residualsOf(values);
  let error = sumOfSquares(residuals);
  let [damping, growth, converged] = [1e-3, 2, false];
  let jacobian = jacobianOf(parameters, values, residualsOf);
  for (let step = 0; step < MOST_STEPS && !converged; step++) {
    const { normal, gradient } = normalEquations(jacobian, residuals);
    const held = parameters.map(({ low, high }, i) =>
      gradient[i]! > 0 ? values[i] === low : values[i] === high,
    );
    const inverse = inverseOfSymmetric(dampedSystem(normal, damping, held));
    const descent = inverse && times(inverse, gradient.map((g, i) => (held[i] ? 0 : g))); // prettier-ignore
    const next = descent && limited(descent.map((d, i) => values[i]! - d));
    const tried = next && residualsOf(next);
    const better = tried ? sumOfSquares(tried) : Infinity;
    if (next && tried && better < error) {
      converged = error - better < 1e-12 * error;
      [values, residuals, error] = [next, tried, better];
      [damping, growth] = [damping / 3, 2];
      jacobian = jacobianOf(parameters, values, residualsOf);
    } else {
      converged = damping > 1e12;
      [damping, growth] = [damping * growth, growth * 2];
    }
  }
  const inverse = inverseOfSymmetric(normalEquations(jacobian, residuals).normal);
  return { values, residuals, jacobian, inverse, converged };
}

/** JᵀJ with its diagonal raised by the damping; parameters that are held have no part in it. */
const dampedSystem = (normal: readonly Float64Array[], damping: number, held: readonly boolean[]) =>
  normal.map((row, i) =>
    row.map((a, j) => {
      if (held[i] || held[j]) return i === j ? 1 : 0;
      return i === j ? a * (1 + damping) + Number.MIN_VALUE : a;
    }),
  );

const sumOfSquares = (values: Float64Array): number => values.reduce((sum, v) => sum + v * v, 0);

function jacobianOf(
  parameters: readonly FitParameter[],
  values: Float64Array,
  residualsOf: (values: Float64Array) => Float64Array,
): Float64Array[] {
  return parameters.map(({ low, high }, i) => {
    const h = 1e-5 * Math.max(Math.abs(values[i]!), 1e-3 * Math.min(Math.abs(high - low), 1));
    const moved = (to: number): Float64Array => values.with(i, Math.min(Math.max(to, low), high));
    const [above, below] = [moved(values[i]! + h), moved(values[i]! - h)];
    const [up, down] = [residualsOf(above), residualsOf(below)];
    return up.map((u, k) => (u - down[k]!) / (above[i]! - below[i]!));
  });
}

function normalEquations(jacobian: readonly Float64Array[], residuals: Float64Array) {
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
  return {
    normal: jacobian.map((a) => Float64Array.from(jacobian, (b) => dot(a, b))),
    gradient: Float64Array.from(jacobian, (a) => dot(a, residuals)),
  };
}
