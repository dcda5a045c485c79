import { definePlugin } from '@txsim/core';
import { asymmetricNonlinear } from './asymmetric-nonlinear.js';
import { constantStep } from './constant-step.js';
import { exponentialStep } from './exponential-step.js';
import { ideal } from './ideal.js';
import { linearStep } from './linear-step.js';
import { measured } from './measured.js';
import { neurosimExponential } from './neurosim-exponential.js';
import { piecewiseStep } from './piecewise-step.js';
import { powerStep } from './power-step.js';
import { NEUROSIM_PRESETS } from './presets/neurosim.js';
import { fromPreset } from './presets/preset.js';
import { PULSED_PRESETS } from './presets/pulsed.js';
import { softBounds, softBoundsPmax, softBoundsReference } from './soft-bounds.js';
import { symmetricNonlinear } from './symmetric-nonlinear.js';

/** The models, in the order of what they add. */
export const models = [
  ideal,
  constantStep,
  linearStep,
  softBounds,
  softBoundsReference,
  softBoundsPmax,
  exponentialStep,
  powerStep,
  piecewiseStep,
  neurosimExponential,
  asymmetricNonlinear,
  symmetricNonlinear,
  measured,
] as const;

/** Published devices, each a model with the parameters of its source. */
export const presets = [...PULSED_PRESETS, ...NEUROSIM_PRESETS].map(fromPreset);

export {
  asymmetricNonlinear,
  constantStep,
  exponentialStep,
  ideal,
  linearStep,
  measured,
  neurosimExponential,
  piecewiseStep,
  powerStep,
  softBounds,
  softBoundsPmax,
  softBoundsReference,
  symmetricNonlinear,
};
export { curveOfLabel } from './neurosim-label.js';
export * from './fit/fit-device.js';
export { MeasurementError, parseMeasurement, type MeasuredTrain } from './fit/measurement.js';
export * from './response/pulse-response.js';
export * from './response/sample-responses.js';
export * from './response/symmetry-point.js';
export { vectorOf } from './response/vector-of.js';
export * from './weight-scale.js';
export * from './window-fields.js';

export default definePlugin({
  name: '@txsim/device-models',
  version: '0.1.0',
  namespace: 'device-models',
  engines: { txsim: '^0.1.0' },
  contributes: [...models, ...presets],
});
