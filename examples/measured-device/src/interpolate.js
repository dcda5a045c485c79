import { add, maximum, multiply, subtract } from '@txsim/ops';

/**
 * A curve through points as an expression: straight lines in between, constant beyond the first and the last point.
 *
 * f(g) = y₀ + Σ (sᵢ − sᵢ₋₁) · max(g − gᵢ, 0), sᵢ the slope behind point i
 */
export function interpolate(points, g) {
  const slopes = points.map((p, i) => {
    const next = points[i + 1];
    return next ? (next.step - p.step) / (next.g - p.g) : 0;
  });
  const bends = points.map((p, i) =>
    multiply(slopes[i] - (slopes[i - 1] ?? 0), maximum(subtract(g, p.g), 0)),
  );
  return add(points[0].step, ...bends);
}
