import { z } from 'zod';

/** Boltzmann's constant, electronvolts per kelvin (CODATA 2018). */
const BOLTZMANN = 8.617333262e-5;
/** The temperature at which the parameters hold, kelvin. */
const REFERENCE = 300;

/** Configuration keys of drift at another temperature. */
export const activationFields = {
  kelvin: z.number().min(1).max(1000).default(300).describe('temperature of retention, kelvin'),
  energy: z
    .number()
    .min(0)
    .max(5)
    .default(0)
    .describe('activation energy of the drift, electronvolts; time runs faster above 300 K'),
};

/** How much faster time runs than at 300 K, by Arrhenius' law: exp(E/k (1/300 K − 1/T)). */
export const acceleration = ({ kelvin, energy }: { kelvin: number; energy: number }): number =>
  Math.exp((energy / BOLTZMANN) * (1 / REFERENCE - 1 / kelvin));
