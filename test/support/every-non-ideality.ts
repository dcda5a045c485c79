import type { StackInput } from '@txsim/core';

/** Arrays with every stage of a training step in use; of devices, what acts whenever they are written or read. */
export const EVERY_NON_IDEALITY = {
  device: { use: 'device-models/asymmetric-nonlinear', gMin: 1e-6, gMax: 1e-5, nu: 0.1 },
  mapping: { use: 'mapping', rows: 64, columns: 64 },
  dac: { use: 'circuit-models/uniform-dac', bits: 8 },
  adc: { use: 'circuit-models/uniform-adc', bits: 8, range: { calibrate: 0.999 } },
  driver: { use: 'circuit-models/noisy-driver' },
  sense: { use: 'circuit-models/s-shape-sense' },
  wire: { use: 'wire-resistance', row: 2.5, column: 2.5, source: 500, sink: 100 },
  nonIdealities: [
    { use: 'device-variation', sigma: 0.05 },
    { use: 'stuck-devices' },
    { use: 'temperature' },
    { use: 'write-noise', gamma: 3 },
    { use: 'limited-levels', levels: 1024 },
    { use: 'read-noise', sigma: 0.01 },
    { use: 'telegraph-noise' },
  ],
  speedup: { use: 'speedup/every-step' },
} satisfies StackInput['stack'];
