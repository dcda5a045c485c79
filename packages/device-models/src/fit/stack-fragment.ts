import { configJsonSchema, type Contribution, type DeviceModel } from '@txsim/core';
import type { PulseTable } from './pulse-table.js';
import type { Spreads } from './spreads.js';

/** The part of a stack file that a measurement determines. */
export interface StackFragment {
  readonly device: { readonly use: string; readonly [key: string]: unknown };
  readonly nonIdealities: readonly { readonly use: string; readonly [key: string]: unknown }[];
}

/** Rounding of the data, no spread. */
const NEGLIGIBLE = 1e-6;

/** Four digits are more than a fit knows; windows keep six, so that they contain the data. */
const rounded = (value: unknown, digits = 4): unknown => {
  if (Array.isArray(value)) return value.map((v) => rounded(v, digits));
  return typeof value === 'number' ? Number(value.toPrecision(digits)) : value;
};

/**
 * The fitted device for a stack file. Spreads go to the keys that the model has for them; cycle-to-cycle spread of a
 * model without one, and the noise of readings, become plugins.
 *
 * @param residuals of each pulse, siemens
 */
export function stackFragment(
  { id, config: schema }: Contribution<DeviceModel>,
  config: Readonly<Record<string, unknown>>,
  spreads: Spreads,
  data: PulseTable,
  residuals: Float64Array,
): StackFragment {
  const { properties = {} } = configJsonSchema(schema) as { properties?: Record<string, unknown> };
  const has = (key: string): boolean => key in properties;
  const { cycleToCycle, cycleToCycleOfRange, deviceToDevice = 0, readNoise } = spreads;
  const device: Record<string, unknown> = { ...config };
  if (has('stepDeviceToDevice') && deviceToDevice > 0) device['stepDeviceToDevice'] = deviceToDevice;
  const nonIdealities = [];
  if (has('cycleToCycle')) {
    device['cycleToCycle'] = id === 'neurosim-exponential' ? cycleToCycleOfRange : cycleToCycle;
  } else if (has('upSigma')) {
    device['upSigma'] = nodeSpreads(config['up'] as number[], 1, data, residuals);
    device['downSigma'] = nodeSpreads(config['down'] as number[], 0, data, residuals);
  } else if (cycleToCycle > NEGLIGIBLE) {
    nonIdealities.push({
      use: 'write-noise',
      gamma: rounded(100 * cycleToCycle),
      definition: 'pulse-relative',
    });
  }
  if (readNoise > 0)
    nonIdealities.push({ use: 'read-noise', sigma: rounded(readNoise / (data.gMax - data.gMin)) });
  const entries = Object.entries(device).map(([k, v]) => [k, rounded(v, /^g(Min|Max)$/.test(k) ? 6 : 4)]);
  return { device: { use: `device-models/${id}`, ...Object.fromEntries(entries) }, nonIdealities };
}

/** √mean of squared residuals of the pulses nearest to each node, siemens. */
function nodeSpreads(
  nodes: readonly number[],
  up: 0 | 1,
  data: PulseTable,
  residuals: Float64Array,
): number[] {
  const sums = nodes.map(() => ({ squares: 0, count: 0 }));
  data.before.forEach((g, i) => {
    if (data.up[i] !== up) return;
    const at = sums[Math.round(((g - data.gMin) / (data.gMax - data.gMin)) * (nodes.length - 1))]!;
    at.squares += residuals[i]! ** 2;
    at.count++;
  });
  return sums.map(({ squares, count }) => (count > 0 ? Math.sqrt(squares / count) : 0));
}
