import { conductanceRange } from '@txsim/core';
import { add, input, multiply, planeName, subtract, type Expression } from '@txsim/ops';
import type { ArrayModel } from './array-model.js';

/** The weight that the states of a weight's devices stand for: wMax · Σ significance · weight · g / (gMax − gMin). */
export function decodeExpression({ mapping, device }: ArrayModel, weightRange: number): Expression {
  const unit = weightRange / conductanceRange(device.product);
  const weights = Array.from({ length: mapping.planes }, (_, p) =>
    mapping.readouts.reduce((sum, r) => sum + r.significance * r.planes[p]!, 0),
  );
  // Planes are paired before they are scaled, so that a small difference of two large conductances stays exact.
  const sum = weights.reduce<Expression | undefined>((total, weight, p) => {
    const g = input(planeName(p));
    if (total === undefined) return weight === 1 ? g : multiply(g, weight);
    return weight === -1 ? subtract(total, g) : add(total, weight === 1 ? g : multiply(g, weight));
  }, undefined);
  return multiply(sum!, unit);
}
