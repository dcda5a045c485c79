import { numberOfStates, pulseResponse, sampleResponses, symmetryPoint } from '@txsim/device-models';
import { quantity } from '../output/quantity.js';
import { printResult } from '../output/result.js';
import { writeAtomically } from '../run/write-atomically.js';
import { checkPicture, drawResponse } from './draw-response.js';
import { loadDevice, startOf, type DeviceRequest, type ShownDevice } from './load-device.js';

/** `txsim device plot` as it was typed. */
export interface DevicePlotRequest extends DeviceRequest {
  readonly pulses: readonly number[];
  readonly from?: number;
  readonly devices: number;
  readonly seed: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Quantiles of the bands, from the wide to the narrow one. */
const BANDS = [
  [0.05, 0.95],
  [0.25, 0.75],
] as const;

/** `txsim device plot` */
export async function plot(id: string, request: DevicePlotRequest): Promise<void> {
  const { pulses, from, devices, seed, force, json } = request;
  const out = request.out ?? `${id.split('/').at(-1)}.svg`;
  checkPicture('--out', out, force);
  const shown = await loadDevice(id, request);
  const { device, use, unit, toUnit } = shown;
  const start = startOf(shown, from);
  const nominal = Array.from(pulseResponse(device, pulses, start), toUnit);
  const sample = sampleResponses(device, { trains: pulses, from: start, devices, seed }).map((g) =>
    g.map(toUnit).sort(),
  );
  const bands = BANDS.map(([low, high]) => ({
    label: `${100 * low}–${100 * high} %`,
    low: sample.map((sorted) => sorted[Math.round(low * (devices - 1))]!),
    high: sample.map((sorted) => sorted[Math.round(high * (devices - 1))]!),
  }));
  const symmetry = symmetryPoint(device);
  const states = numberOfStates(device);
  const at = symmetry === undefined ? undefined : toUnit(symmetry);
  const notes = [
    `${Math.round(states)} states; ${at === undefined ? 'no symmetry point' : `symmetry point ${inUnit(at, unit)}, dashed`}`,
    `bands: 5–95 % and 25–75 % of ${devices} devices`,
  ];
  await writeAtomically(
    out,
    await drawResponse({ title: use, notes, unit, nominal, bands, symmetryPoint: at }),
  );
  const result = { file: out, device: use, unit, states, ...(at === undefined ? {} : { symmetryPoint: at }) };
  printResult(result, json, () => [out, ...notes.map((note) => `  ${note}`)].join('\n'));
}

/** A weight that is 0 but for rounding. */
const NOTHING = 1e-9;

const inUnit = (value: number, unit: ShownDevice['unit']): string =>
  unit === 'siemens' ? quantity(value, 'S') : (Math.abs(value) < NOTHING ? 0 : value).toPrecision(3);
