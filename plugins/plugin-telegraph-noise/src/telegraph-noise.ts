import { nonIdeality } from '@txsim/core';
import { exp, input, less, minimum, multiply, normal, select, subtract, uniform } from '@txsim/ops';
import { z } from 'zod';

/**
 * Random telegraph noise: a trap near the filament is filled or empty. A share of the devices has one; while it is
 * filled the device conducts less by a factor of its own,
 *
 *     G → G (1 − a) with probability `occupied`, else G;   a = min(amplitude · e^{σξ}, 1), drawn once per device
 *
 * States are drawn anew whenever the arrays are evaluated anew, after each update: the limit of traps that are faster
 * than a training step. Reads between two updates see the same states. Source of the picture, a defect that fluctuates
 * beside the filament: Ielmini, Nardi, Cagli, Appl. Phys. Lett. 96:053503 (2010). The defaults are illustrations without a
 * source: the amplitude depends on the resistance of the filament and has to be measured.
 */
export const telegraphNoise = nonIdeality({
  id: 'telegraph-noise',
  description: 'Devices with a trap switch between two conductances, drawn anew after each update.',
  citation: 'Ielmini, Nardi, Cagli, Appl. Phys. Lett. 96:053503 (2010)',
  config: z.strictObject({
    share: z.number().min(0).max(1).default(0.3).describe('devices that have a trap, fraction'),
    amplitude: z
      .number()
      .min(0)
      .max(1)
      .default(0.05)
      .describe('median of ΔG/G while the trap is filled, fraction'),
    amplitudeDeviceToDevice: z
      .number()
      .min(0)
      .max(3)
      .default(0)
      .describe('device-to-device spread of the amplitude: σ of its logarithm, dimensionless'),
    occupied: z.number().min(0).max(1).default(0.5).describe('part of the time in which a trap is filled'),
  }),
  create: ({ config: { share, amplitude, amplitudeDeviceToDevice, occupied } }) => {
    const height = minimum(
      multiply(exp(multiply(normal('amplitude'), amplitudeDeviceToDevice)), amplitude),
      1,
    );
    return {
      perDevice: { amplitude: select(less(uniform('trap'), share), height, 0) },
      effects: [
        {
          stage: 'conduct',
          apply: (state) => {
            const filled = less(uniform('occupied'), occupied);
            return multiply(state, subtract(1, multiply(filled, input('amplitude'))));
          },
        },
      ],
    };
  },
});
