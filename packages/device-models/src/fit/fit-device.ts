import { didYouMean, type Contribution, type ContributionContext, type DeviceModel } from '@txsim/core';
import { nominalParameters } from '../response/nominal-parameters.js';
import { assertPulsed, pulseFunction, type PulsedDevice } from '../response/pulse-response.js';
import { standardErrors } from './covariance.js';
import { FREE, type FreeParameters } from './free-parameters.js';
import { leastSquares } from './least-squares.js';
import { MeasurementError, type MeasuredTrain } from './measurement.js';
import { pulseTable, type PulseTable } from './pulse-table.js';
import { spreadsOf, type Spreads } from './spreads.js';
import { stackFragment, type StackFragment } from './stack-fragment.js';

/** A fitted parameter, in the unit of its key. */
export interface FittedParameter {
  readonly key: string;
  readonly value: number;
  /** NaN where the data do not determine it. */
  readonly standardError: number;
  /** value ± 1.96 standard errors. */
  readonly interval95: readonly [number, number];
}

/** A model fitted to pulse trains. */
export interface DeviceFit {
  /** Id of the model. */
  readonly model: string;
  readonly parameters: readonly FittedParameter[];
  readonly spreads: Spreads;
  readonly residuals: {
    /** √mean of squared differences between measured and predicted change by one pulse, siemens. */
    readonly rms: number;
    /** The part of the variance of the changes that the model explains, 1 − Σr²/Σ(ΔG − mean)². */
    readonly explained: number;
  };
  readonly pulses: number;
  readonly devices: number;
  readonly trains: number;
  readonly converged: boolean;
  /** For a stack file. */
  readonly stack: StackFragment;
  /** The fitted device, without spreads. */
  readonly device: PulsedDevice;
}

type Values = Float64Array;

/**
 * Fits a model to measured pulse trains by least squares of the changes by single pulses, each predicted from the
 * measured state before it: the maximum-likelihood fit where the noise is that of the pulses. With several devices it
 * is the mean device that is fitted; the spreads come from the residuals.
 *
 * @param models the models to choose from; those with a known set of free parameters can be fitted
 * @throws MeasurementError if the model cannot be fitted, or all conductances are equal
 */
export function fitDevice(
  trains: readonly MeasuredTrain[],
  id: string,
  models: readonly Contribution<DeviceModel>[],
): DeviceFit {
  const free = FREE[id];
  const model = models.find((m) => m.id === id);
  if (!free || !model) {
    const known = Object.keys(FREE);
    throw new MeasurementError(
      `${id}: no model of this name can be fitted.${didYouMean(id, known) || ` There are: ${known.join(', ')}.`}`,
    );
  }
  const data = pulseTable(trains);
  if (!(data.gMax > data.gMin)) throw new MeasurementError('all conductances are equal');
  const task = free(data);
  const keys = Object.keys(task.free);
  const deviceOf = (values: Values): PulsedDevice => make(model, configOf(task, values));
  const scale = data.gMax - data.gMin;
  const solution = leastSquares(Object.values(task.free), (values) =>
    predictedChanges(deviceOf(values), data).map((p, i) => (p - data.after[i]! + data.before[i]!) / scale),
  );
  const errors = standardErrors(solution, data.device, data.devices.length);
  const device = deviceOf(solution.values);
  const spreads = spreadsOf(data, predictedChanges(device, data));
  const residuals = solution.residuals.map((r) => r * scale);
  return {
    model: id,
    parameters: keys.map((key, i) => {
      const [value, standardError] = [solution.values[i]!, errors[i]!];
      return {
        key,
        value,
        standardError,
        interval95: [value - 1.96 * standardError, value + 1.96 * standardError],
      };
    }),
    spreads,
    residuals: { rms: rootMeanSquare(residuals), explained: explainedPart(residuals, data) },
    pulses: data.up.length,
    devices: data.devices.length,
    trains: trains.length,
    converged: solution.converged,
    stack: stackFragment(model, configOf(task, solution.values), spreads, data, residuals),
    device,
  };
}

/** A configuration with the free parameters put in; `up.0` is an element of the array `up`. */
function configOf({ fixed, free }: FreeParameters, values: Values): Record<string, unknown> {
  const config: Record<string, unknown> = { ...fixed };
  Object.keys(free).forEach((path, i) => {
    const [key, index] = path.split('.') as [string, string?];
    if (index === undefined) config[key] = values[i]!;
    else ((config[key] ??= []) as number[])[Number(index)] = values[i]!;
  });
  return config;
}

function make(model: Contribution<DeviceModel>, config: Record<string, unknown>): PulsedDevice {
  const result = model.config['~standard'].validate(config);
  if (result instanceof Promise || result.issues)
    throw new Error(`${model.id} refuses ${JSON.stringify(config)}`);
  const device = model.create({ config: result.value } as ContributionContext<never>);
  assertPulsed(device, model.id);
  return device;
}

/** The mean change by each pulse from the measured state before it, siemens. */
function predictedChanges(device: PulsedDevice, { before, up }: PulseTable): Values {
  const pulse = pulseFunction(device);
  const parameters = nominalParameters(device);
  return before.map((g, i) => pulse({ ...parameters, g, up: up[i]! }) - g);
}

const rootMeanSquare = (values: Values): number =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);

function explainedPart(residuals: Values, { before, after }: PulseTable): number {
  const changes = after.map((g, i) => g - before[i]!);
  const mean = changes.reduce((a, b) => a + b, 0) / changes.length;
  return 1 - (rootMeanSquare(residuals) / rootMeanSquare(changes.map((c) => c - mean))) ** 2;
}
