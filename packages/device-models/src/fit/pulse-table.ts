import type { MeasuredTrain } from './measurement.js';

/** All pulses of a measurement, one entry each. */
export interface PulseTable {
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly up: Uint8Array;
  /** Index of the device, and of the train. */
  readonly device: Uint32Array;
  readonly train: Uint32Array;
  readonly devices: readonly string[];
  /** The extremes of all conductances, siemens. */
  readonly gMin: number;
  readonly gMax: number;
  /** The mean of |change by one pulse| away from the extremes, siemens. */
  readonly meanStep: number;
}

/** The pulses of trains, in order. */
export function pulseTable(trains: readonly MeasuredTrain[]): PulseTable {
  const devices = [...new Set(trains.map((t) => t.device))];
  const pulses = trains.flatMap((t, train) =>
    t.up.map((up, i) => ({
      up,
      train,
      device: devices.indexOf(t.device),
      before: t.conductances[i]!,
      after: t.conductances[i + 1]!,
    })),
  );
  const all = trains.flatMap((t) => t.conductances);
  const [gMin, gMax] = all.reduce(([low, high], g) => [Math.min(low, g), Math.max(high, g)], [Infinity, 0]);
  const directed = pulses.map((p) => (p.after - p.before) * (p.up ? 1 : -1));
  return {
    before: Float64Array.from(pulses, (p) => p.before),
    after: Float64Array.from(pulses, (p) => p.after),
    up: Uint8Array.from(pulses, (p) => p.up),
    device: Uint32Array.from(pulses, (p) => p.device),
    train: Uint32Array.from(pulses, (p) => p.train),
    devices,
    gMin,
    gMax,
    meanStep: Math.max(directed.reduce((a, b) => a + b, 0) / directed.length, 1e-6 * (gMax - gMin)),
  };
}
