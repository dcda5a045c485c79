import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import {
  fitDevice,
  models,
  parseMeasurement,
  pulseResponse,
  type DeviceFit,
  type MeasuredTrain,
} from '@txsim/device-models';
import { InputError } from '../output/input-error.js';
import { quantity } from '../output/quantity.js';
import { printResult, printWarning } from '../output/result.js';
import { table } from '../output/table.js';
import { writeAtomically } from '../run/write-atomically.js';
import { checkPicture, drawResponse } from './draw-response.js';

/** `txsim device fit` as it was typed. */
export interface DeviceFitRequest {
  readonly model: string;
  readonly plot?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `txsim device fit` */
export async function fit(file: string, { model, plot, force, json }: DeviceFitRequest): Promise<void> {
  if (plot !== undefined) checkPicture('--plot', plot, force);
  const name = file === '-' ? 'standard input' : file;
  const content = await read(file);
  const { trains, fitted } = naming(name, () => {
    const measured = parseMeasurement(content);
    return { trains: measured, fitted: fitDevice(measured, model.replace(/^device-models\//, ''), models) };
  });
  if (!fitted.converged) printWarning('the fit did not converge; another model may suit the data better');
  for (const { key, standardError } of fitted.parameters)
    if (Number.isNaN(standardError)) printWarning(`the data do not determine ${key}`);
  if (plot !== undefined) await writeAtomically(plot, await drawFit(name, trains[0]!, fitted));
  const { device: _, ...result } = fitted;
  printResult({ ...result, ...(plot === undefined ? {} : { plot }) }, json, () => words(fitted));
}

async function read(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  return readFile(file, 'utf8').catch((cause: Error) => {
    throw new InputError(`${file}: cannot be read: ${cause.message}`, [], { cause });
  });
}

function naming<T>(name: string, compute: () => T): T {
  try {
    return compute();
  } catch (cause) {
    const { name: kind, message } = cause as Error;
    if (kind === 'MeasurementError') throw new InputError(`${name}: ${message}`, [], { cause });
    throw cause;
  }
}

/** The first train with the fitted device under the same pulses. */
function drawFit(name: string, { device, repeat, up, conductances }: MeasuredTrain, fitted: DeviceFit) {
  const trains = up.map((direction) => (direction ? 1 : -1));
  const { gMin, gMax } = fitted.device;
  const start = Math.min(Math.max(conductances[0]!, gMin), gMax);
  return drawResponse({
    title: `${name}: ${fitted.model}`,
    notes: [
      `points: measured, device ${device || '1'}, repeat ${repeat || '1'}; line: the fitted mean device under the same pulses`,
    ],
    unit: 'siemens',
    nominal: Array.from(pulseResponse(fitted.device, trains, start)),
    points: conductances.map((value, pulse) => ({ pulse, value })),
  });
}

function words({ parameters, spreads, residuals, pulses, devices, trains, stack }: DeviceFit): string {
  const rows = parameters.map(({ key, value, standardError, interval95: [low, high] }) =>
    [key, value, standardError, `${low.toPrecision(4)} … ${high.toPrecision(4)}`].map((cell) =>
      typeof cell === 'number' ? cell.toPrecision(4) : cell,
    ),
  );
  const percent = (fraction: number): string => `${(100 * fraction).toPrecision(3)} %`;
  const { cycleToCycle, deviceToDevice, readNoise } = spreads;
  return [
    `${pulses} pulses in ${trains} trains on ${devices} devices`,
    '',
    table([['parameter', 'value', 'standard error', '95 %'], ...rows]),
    '',
    `cycle to cycle    ${percent(cycleToCycle)} of a step`,
    ...(deviceToDevice === undefined ? [] : [`device to device  ${percent(deviceToDevice)} of a step`]),
    ...(readNoise > 0 ? [`read noise        ${quantity(readNoise, 'S')}`] : []),
    `residual          ${quantity(residuals.rms, 'S')} per pulse; ${percent(residuals.explained)} of the variance is explained`,
    '',
    'For a stack file:',
    JSON.stringify(stack, null, 2),
  ].join('\n');
}
