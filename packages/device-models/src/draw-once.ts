import { constant, exp, input, multiply, noiseStreams, normal, type Expression } from '@txsim/ops';

/** σ · ξ with ξ ~ N(0, 1) of a stream; the constant 0 where σ is 0, so that nothing is drawn. */
export const deviation = (stream: string, sigma: number): Expression =>
  sigma === 0 ? constant(0) : multiply(normal(stream), sigma);

/** e^{σξ}; the constant 1 where σ is 0. */
export const logNormal = (stream: string, sigma: number): Expression =>
  sigma === 0 ? constant(1) : exp(deviation(stream, sigma));

/** Parameters of a device: those that draw noise are drawn once per device, the others need no memory. */
export function drawOnce<Name extends string>(
  parameters: Readonly<Record<Name, Expression>>,
): {
  readonly perDevice: Readonly<Record<string, Expression>>;
  readonly values: Readonly<Record<Name, Expression>>;
} {
  const entries = Object.entries<Expression>(parameters);
  const drawn = entries.filter(([, e]) => noiseStreams(e).length > 0);
  return {
    perDevice: Object.fromEntries(drawn),
    values: Object.fromEntries(
      entries.map(([name, e]) => [name, noiseStreams(e).length > 0 ? input(name) : e]),
    ) as Record<Name, Expression>,
  };
}
