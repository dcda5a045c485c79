import type { ContributionContext, DeviceModel } from '@txsim/core';
import { clamp, input, pulsedUpdate, UP, type PulseProgram } from '@txsim/ops';
import { models } from '@txsim/device-models';
import * as tf from '@tensorflow/tfjs';
import { timed, type Benchmark } from './benchmark.js';
import { batchOfTrains, GRID, NOISE, planeOf } from './pulses.js';

const WINDOW = { gMin: 1e-6, gMax: 1e-5 };
/** Cycle-to-cycle noise of all models that have it, fraction of a step. */
const NOISY = 0.3;
const BASELINE = 'constant-step';

/** Models that are tables or curves only with parameters. */
const SHAPES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'linear-step': { gammaUp: 0.5, gammaDown: 0.5 },
  'power-step': { gammaUp: 1.7, gammaDown: 1.7 },
  'piecewise-step': { up: [1.5, 1.2, 1, 0.8, 0.5], down: [0.5, 0.8, 1, 1.2, 1.5] },
  'neurosim-exponential': { cycleToCycle: 0.01 },
  'asymmetric-nonlinear': { nu: 3 },
  'symmetric-nonlinear': { nu: 3 },
  measured: { up: [9e-8, 7e-8, 5e-8], down: [5e-8, 7e-8, 9e-8], upSigma: [1e-8], downSigma: [1e-8] },
};
const IDS = models.map(({ id }) => id).filter((id) => id !== 'ideal' && id !== BASELINE);

/** What one pulse does to a device of a model, its window included. */
function programOf(id: string): PulseProgram {
  const contribution = models.find((m) => m.id === id)!;
  const noise = { ...(keysOf(contribution.config).includes('cycleToCycle') && { cycleToCycle: NOISY }) };
  const result = contribution.config['~standard'].validate({ ...WINDOW, ...noise, ...SHAPES[id] });
  if (result instanceof Promise || result.issues) throw new Error(`${id} refuses its parameters`);
  const device: DeviceModel = contribution.create({ config: result.value } as ContributionContext<never>);
  const next = device.pulse!({ g: input('w'), up: input(UP) });
  return { state: ['w'], next: [clamp(next, WINDOW.gMin, WINDOW.gMax)] };
}

const keysOf = (config: unknown): string[] =>
  Object.keys((config as { shape?: Record<string, unknown> }).shape ?? {});

/**
 * The exact update of `pulses` with the devices of each model, against that with constant steps: what the response costs.
 */
export const pulsedModels: readonly Benchmark[] = IDS.map((id) =>
  timed({
    name: `pulsed update: ${id}, against the constant step`,
    unit: 'ms',
    of: (ms) => ms,
    headline: 'best',
    against: 'constant step',
    open: () => {
      const tensors = tf.tidy(() => ({ w: planeOf(2e-6, 9e-6), ...batchOfTrains() }));
      const run = (program: PulseProgram) => (): void =>
        tf.dispose(pulsedUpdate(tensors.x, tensors.d, { w: tensors.w }, program, GRID, NOISE));
      return {
        action: run(programOf(id)),
        baseline: run(programOf(BASELINE)),
        dispose: () => tf.dispose(tensors),
      };
    },
  }),
);
