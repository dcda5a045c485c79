import { nonIdeality } from '@txsim/core';
import { divide, multiply, subtract, exp } from '@txsim/ops';
import { z } from 'zod';

/** Boltzmann's constant, electronvolts per kelvin (CODATA 2018). */
const BOLTZMANN = 8.617333262e-5;

/**
 * Thermally activated conduction: what is read at the temperature T was programmed at T0,
 *
 *     G(T) = G(T0) · exp(−E/k · (1/T − 1/T0))
 *
 * E is the activation energy of a device at gMin; it falls linearly to `lowEnergy` at gMax, since filaments of high
 * conductance are closer to metals. Source: Arrhenius' law; the straight line between the ends and the default energies are
 * illustrations without a source.
 */
export const temperature = nonIdeality({
  id: 'temperature',
  description: 'Conductance at another temperature than that of programming, thermally activated.',
  citation: "Arrhenius' law; the default energies are illustrations without a source",
  config: z.strictObject({
    kelvin: z.number().min(1).max(1000).default(300).describe('temperature of reading T, kelvin'),
    reference: z.number().min(1).max(1000).default(300).describe('temperature of programming T0, kelvin'),
    energy: z
      .number()
      .min(-1)
      .max(2)
      .default(0.05)
      .describe('activation energy of a device at gMin, electronvolts'),
    lowEnergy: z
      .number()
      .min(-1)
      .max(2)
      .default(0)
      .describe('activation energy of a device at gMax, electronvolts; negative for metallic conduction'),
  }),
  create: ({ config: { kelvin, reference, energy, lowEnergy } }) => {
    const coldness = (1 / kelvin - 1 / reference) / BOLTZMANN;
    return {
      effects: [
        {
          stage: 'conduct',
          apply: (state, { window: { gMin, gMax } }) => {
            const place = divide(subtract(state, gMin), gMax - gMin);
            const own = subtract(energy, multiply(place, energy - lowEnergy));
            return multiply(state, exp(multiply(own, -coldness)));
          },
        },
      ],
    };
  },
});
