import { PluginError } from '@txsim/core';
import { input, multiply, type Expression } from '@txsim/ops';
import type { ArrayModel } from './array-model.js';

/** The variance of a device's noise up to a factor, siemens², by its conductance. */
type Law = (g: Expression) => Expression;

/**
 * What `deviceCurrentNorm` sums over the devices of a line: the law that read effects name, G² where none does.
 *
 * @throws PluginError STACK_INVALID if two of them have different laws, since there is one norm
 */
export function deviceNoiseLaw({ device, nonIdealities }: ArrayModel): Law {
  const window = device.product;
  const named = nonIdealities.flatMap(({ label, product }) =>
    product.effects.flatMap((effect) =>
      effect.stage === 'read' && effect.deviceVariance
        ? [{ label, law: (g: Expression) => effect.deviceVariance!(g, { window }) }]
        : [],
    ),
  );
  const [first, ...others] = named;
  if (!first) return (g) => multiply(g, g);
  const text = (law: Law): string => JSON.stringify(law(input('g')));
  for (const { label, law } of others) {
    if (text(law) === text(first.law)) continue;
    const detail = `noise of devices grows otherwise with conductance than that of ${first.label}; a stack can have one of them`;
    throw new PluginError('STACK_INVALID', label, detail);
  }
  return first.law;
}
