import { pulseResponse } from '@txsim/device-models';
import { printResult } from '../output/result.js';
import { checkPicture, drawResponse } from './draw-response.js';
import { loadDevice, startOf, type DeviceRequest } from './load-device.js';
import { writeAtomically } from '../run/write-atomically.js';

/** `txsim device response` as it was typed. */
export interface DeviceResponseRequest extends DeviceRequest {
  readonly pulses: readonly number[];
  readonly from?: number;
  readonly plot?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Lines of the table that a terminal gets. */
const LINES = 20;

/** `txsim device response` */
export async function response(id: string, request: DeviceResponseRequest): Promise<void> {
  const { pulses, from, plot, force, json } = request;
  if (plot !== undefined) checkPicture('--plot', plot, force);
  const shown = await loadDevice(id, request);
  const { device, use, unit, toUnit } = shown;
  const states = Array.from(pulseResponse(device, pulses, startOf(shown, from)), toUnit);
  const values = states.map((w, pulse): [number, number] => [pulse, w]);
  if (plot !== undefined) {
    await writeAtomically(plot, await drawResponse({ title: use, notes: [], unit, nominal: states }));
  }
  const result = { device: use, values, unit, ...(plot === undefined ? {} : { plot }) };
  printResult(result, json, () => {
    const every = Math.ceil(values.length / LINES);
    const rows = values.filter(([pulse]) => pulse % every === 0 || pulse === values.length - 1);
    return [`pulse  ${unit}`, ...rows.map(([n, w]) => `${String(n).padStart(5)}  ${w.toPrecision(6)}`)].join(
      '\n',
    );
  });
}
