import { conductanceRange, mapping, type ConductanceWindow } from '@txsim/core';
import { abs, add, clamp, less, maximum, multiply, select, subtract, type Expression } from '@txsim/ops';
import { z } from 'zod';
import { cutAndScale, mappingFields } from './fields.js';
import { filled, held, pulseInTurn, room, total } from './pair.js';

/**
 * u = Σ_k (g⁺_k − g⁻_k) / (n (gMax − gMin)): n devices of equal weight for each sign, filled one after the other like
 * a thermometer, so that all but one of them are at a limit of their window. Of the ways in which a unary code can hold a
 * value this is one. Source: Ma et al., "Go Unary: a novel synapse coding and mapping scheme for reliable ReRAM-based
 * neuromorphic computing", DATE 2020.
 *
 * A pulse goes to the device at which the filling has arrived, so it changes the weight by step / n.
 */
export const unary = mapping({
  id: 'unary',
  description: 'A signed weight on several pairs of equal significance, filled one after the other.',
  citation: 'Ma et al., "Go Unary", DATE 2020 (unary code)',
  config: z.strictObject({
    ...mappingFields,
    devices: z.int().min(1).max(16).default(3).describe('devices for each sign of a weight'),
  }),
  create: ({ config }) => {
    const n = config.devices;
    const isPlus = (plane: number): boolean => plane < n;
    return {
      ...cutAndScale(config, 2 * n),
      readouts: [
        {
          planes: Array.from({ length: 2 * n }, (_, p) => (isPlus(p) ? 1 : -1)),
          significance: 1 / n,
        },
      ],
      encode: (plane, u, window) => {
        const signed = multiply(u, isPlus(plane) ? n : -n);
        const share = clamp(subtract(signed, plane % n), 0, 1);
        return add(multiply(share, conductanceRange(window)), window.gMin);
      },
      request: (plane, change, planes, window) => {
        const own = isPlus(plane) ? planes.slice(0, n) : planes.slice(n);
        const other = isPlus(plane) ? planes.slice(n) : planes.slice(0, n);
        const wanted = multiply(change, (isPlus(plane) ? n : -n) * conductanceRange(window));
        return requested(plane % n, wanted, own, other, window);
      },
      pulses: pulseInTurn,
    };
  },
});

/** An increase first empties the devices of the other sign, then fills the own; a decrease empties them from the last. */
function requested(
  k: number,
  wanted: Expression,
  own: readonly Expression[],
  other: readonly Expression[],
  window: ConductanceWindow,
): Expression {
  const g = own[k]!;
  const left = maximum(subtract(wanted, total(other.map((o) => held(o, window)))), 0);
  const rise = filled(left, room(g, window), own.slice(0, k).map((o) => room(o, window))); // prettier-ignore
  const fall = filled(abs(wanted), held(g, window), own.slice(k + 1).map((o) => held(o, window))); // prettier-ignore
  return select(less(0, wanted), rise, multiply(fall, -1));
}
