import type { PulseTable } from './pulse-table.js';

/** What the residuals of a fit say of noise. */
export interface Spreads {
  /** Per pulse: σ of the change as a fraction of the mean change. */
  readonly cycleToCycle: number;
  /** The same as a fraction of the window. */
  readonly cycleToCycleOfRange: number;
  /** σ over devices of the factor on all steps; undefined where there is one device. */
  readonly deviceToDevice: number | undefined;
  /** σ of each reading of a conductance, siemens. */
  readonly readNoise: number;
}

/**
 * Takes the residuals of a mean device apart. A device's factor f is the regression of its changes on the predicted
 * ones. What remains is r_k = c_k + e_{k+1} − e_k, of pulses (c) and readings (e): neighbours in a train covary by
 * −σ_e², so that Var c = Var r + 2 Cov(r_k, r_{k+1}).
 *
 * @param predicted mean changes, siemens
 */
export function spreadsOf(data: PulseTable, predicted: Float64Array): Spreads {
  const changes = data.after.map((g, i) => g - data.before[i]!);
  const factors = data.devices.map((_, d) => {
    let [ab, bb] = [0, 0];
    predicted.forEach((p, i) => {
      if (data.device[i] !== d) return;
      ab += changes[i]! * p;
      bb += p * p;
    });
    return { factor: bb > 0 ? ab / bb : 1, weight: bb };
  });
  const rest = changes.map((c, i) => c - factors[data.device[i]!]!.factor * predicted[i]!);
  const variance = meanOf(rest.map((r) => r * r));
  let [covariance, neighbours] = [0, 0];
  for (let i = 1; i < rest.length; i++) {
    if (data.train[i] !== data.train[i - 1]) continue;
    covariance += rest[i]! * rest[i - 1]!;
    neighbours++;
  }
  covariance = neighbours > 0 ? covariance / neighbours : 0;
  // A covariance that chance explains is no sign of read noise.
  const significant = covariance < (-3 * variance) / Math.sqrt(Math.max(neighbours, 1));
  const readVariance = significant ? -covariance : 0;
  const pulseVariance = Math.max(variance - 2 * readVariance, 0);
  return {
    cycleToCycle: Math.sqrt(pulseVariance / meanOf(predicted.map((p) => p * p))),
    cycleToCycleOfRange: Math.sqrt(pulseVariance) / (data.gMax - data.gMin),
    deviceToDevice: deviceSpread(factors, variance),
    readNoise: Math.sqrt(readVariance),
  };
}

/** The spread of factors less what the noise of pulses makes of it, variance / Σ predicted² each. */
function deviceSpread(
  factors: readonly { factor: number; weight: number }[],
  variance: number,
): number | undefined {
  const n = factors.length;
  if (n < 2) return undefined;
  const mean = factors.reduce((sum, f) => sum + f.factor, 0) / n;
  const spread = factors.reduce((sum, f) => sum + (f.factor - mean) ** 2, 0) / (n - 1);
  const noise = factors.reduce((sum, f) => sum + variance / f.weight, 0) / n;
  return Math.sqrt(Math.max(spread - noise, 0));
}

const meanOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
