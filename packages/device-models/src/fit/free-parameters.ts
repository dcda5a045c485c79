import type { FitParameter } from './least-squares.js';
import type { PulseTable } from './pulse-table.js';

/** What is fitted of a model: keys of its configuration, array elements as `up.0`, and what is fixed beside them. */
export interface FreeParameters {
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly free: Readonly<Record<string, FitParameter>>;
}

/** Nodes of a table over the window. */
const NODES = 5;

const between = (start: number, low: number, high: number): FitParameter => ({ start, low, high });

/**
 * The parameters of each model that pulse data determine. Windows and bounds of models with hard bounds are the
 * extremes of the data; those of models that approach their bounds lie beyond and are fitted. What the model is stated in (weight units, the
 * scale and shift of the exponential) is fixed.
 */
export const FREE: Readonly<Record<string, (data: PulseTable) => FreeParameters>> = {
  ideal: (data) => ({ fixed: windowOf(data), free: { pulse: between(stepOf(data), 1e-7, 1) } }),
  'constant-step': (data) => ({ fixed: hard(data), free: steps(data) }),
  'linear-step': (data) => ({
    fixed: hard(data),
    free: { ...steps(data), gammaUp: between(0.2, 0, 1), gammaDown: between(0.2, 0, 1) },
  }),
  'soft-bounds': (data) => ({
    fixed: { wMin: -1, wMax: 1 },
    free: { ...steps(data), ...windowBeyond(data) },
  }),
  'soft-bounds-pmax': (data) => ({
    fixed: hard(data),
    free: {
      alpha: between(stepOf(data), 1e-7, 0.5),
      pMax: between(2 / stepOf(data), 1, 1e8),
      upDown: between(0, -0.95, 0.95),
    },
  }),
  'exponential-step': (data) => ({
    fixed: { ...hard(data), scale: 1, shift: 0 },
    free: {
      ...steps(data),
      aUp: between(0.1, -100, 100),
      aDown: between(0.1, -100, 100),
      gammaUp: between(2, 0.1, 50),
      gammaDown: between(2, 0.1, 50),
    },
  }),
  'power-step': (data) => ({
    fixed: { wMin: -1, wMax: 1 },
    free: {
      ...steps(data),
      ...windowBeyond(data),
      gammaUp: between(0.5, 0, 10),
      gammaDown: between(0.5, 0, 10),
    },
  }),
  'piecewise-step': (data) => ({
    fixed: { ...hard(data), dw: 2 * stepOf(data) },
    free: { ...nodes('up', 1, 100), ...nodes('down', 1, 100) },
  }),
  'neurosim-exponential': (data) => ({
    fixed: windowOf(data),
    free: {
      statesUp: between(1 / stepOf(data), 2, 1e6),
      statesDown: between(1 / stepOf(data), 2, 1e6),
      nonlinearityUp: between(1, -9, 9),
      nonlinearityDown: between(-1, -9, 9),
    },
  }),
  'asymmetric-nonlinear': nonlinear,
  'symmetric-nonlinear': nonlinear,
  measured: (data) => ({
    fixed: windowOf(data),
    free: {
      ...nodes('up', stepOf(data) * rangeOf(data), rangeOf(data)),
      ...nodes('down', stepOf(data) * rangeOf(data), rangeOf(data)),
    },
  }),
};

function nonlinear(data: PulseTable): FreeParameters {
  return {
    fixed: windowOf(data),
    free: { nu: between(1, 0.01, 20), pulse: between(stepOf(data), 1e-7, 1) },
  };
}

/** A window whose ends are approached and not reached. */
const windowBeyond = (data: PulseTable) => ({
  gMin: between(data.gMin - 0.02 * rangeOf(data), 1e-3 * data.gMin, data.gMin),
  gMax: between(data.gMax + 0.02 * rangeOf(data), data.gMax, data.gMax + 10 * rangeOf(data)),
});

const windowOf = ({ gMin, gMax }: PulseTable) => ({ gMin, gMax });
const hard = (data: PulseTable) => ({ ...windowOf(data), wMin: -1, wMax: 1 });
const rangeOf = ({ gMin, gMax }: PulseTable): number => gMax - gMin;

/** The mean step, fraction of the range. */
const stepOf = (data: PulseTable): number => data.meanStep / rangeOf(data);

const steps = (data: PulseTable) => ({
  dw: between(2 * stepOf(data), 1e-7, 2),
  upDown: between(0, -0.95, 0.95),
});

const nodes = (key: string, start: number, high: number): Record<string, FitParameter> =>
  Object.fromEntries(Array.from({ length: NODES }, (_, i) => [`${key}.${i}`, between(start, 0, high)]));
