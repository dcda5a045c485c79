import { constant, exp, input, mapLeaves, multiply, noiseStreams, normal, type Expression } from '@txsim/ops';
import { EACH_PULSE } from './spread.js';

/** σ · ξ with ξ ~ N(0, 1) of a stream; the constant 0 where σ is 0, so that nothing is drawn. */
export const deviation = (stream: string, sigma: number): Expression =>
  sigma === 0 ? constant(0) : multiply(normal(stream), sigma);

/** e^{σξ}; the constant 1 where σ is 0. */
export const logNormal = (stream: string, sigma: number): Expression =>
  sigma === 0 ? constant(1) : exp(deviation(stream, sigma));

/** What is kept of each device, and parameters in terms of it. */
export interface Kept<Name extends string> {
  readonly perDevice: Readonly<Record<string, Expression>>;
  readonly values: Readonly<Record<Name, Expression>>;
}

/**
 * Parameters of a device: those that draw noise are drawn once per device, the others need no memory. Of a parameter that
 * also varies from pulse to pulse, the numbers are kept that it draws once.
 */
export function drawOnce<Name extends string>(parameters: Readonly<Record<Name, Expression>>): Kept<Name> {
  const perDevice: Record<string, Expression> = {};
  const keep = (name: string, e: Expression): Expression => {
    perDevice[name] = e;
    return input(name);
  };
  const kept = (name: string, e: Expression): Expression => {
    const streams = noiseStreams(e).map(({ stream }) => stream);
    if (streams.length === 0) return e;
    if (!streams.some(isEachPulse)) return keep(name, e);
    return mapLeaves(e, (n) =>
      n.op === 'normal' && !isEachPulse(n.stream) ? keep(`number of ${n.stream}`, n) : n,
    );
  };
  const entries = Object.entries<Expression>(parameters).map(([name, e]) => [name, kept(name, e)]);
  return { perDevice, values: Object.fromEntries(entries) as Record<Name, Expression> };
}

/** Whether numbers of a stream are drawn for every pulse. */
export const isEachPulse = (stream: string): boolean => stream.startsWith(EACH_PULSE);
