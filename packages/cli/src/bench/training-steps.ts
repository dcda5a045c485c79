import { timed, type Benchmark } from './benchmark.js';
import { CASES } from './networks.js';
import { GENERATORS } from './noise.js';
import { participants } from './participants.js';

/**
 * A training step through the arrays of the built-in example, every non-ideality on and wires solved every step, against
 * the step of the same network without arrays.
 */
export const trainingSteps: readonly Benchmark[] = CASES.flatMap((one) =>
  GENERATORS.map((generator) =>
    timed({
      name: `step of ${one.name}, ${generator}`,
      unit: 'ms',
      of: (ms) => ms,
      headline: 'median',
      engines: 'any',
      against: 'digital step',
      patience: 6,
      open: async () => {
        const { analog, digital, step, dispose } = await participants(one, { generator });
        return { action: () => step(analog), baseline: () => step(digital), dispose };
      },
    }),
  ),
);
