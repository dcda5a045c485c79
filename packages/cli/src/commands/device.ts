import { Command, InvalidArgumentError, Option } from 'commander';
import type { DeviceEffectRequest } from '../device/effect.js';
import type { DeviceFitRequest } from '../device/fit.js';
import type { DevicePlotRequest } from '../device/plot.js';
import type { DeviceResponseRequest } from '../device/response.js';
import { jsonOption, pluginOption, setOption, wholeNumber } from './options.js';

const UNITS = `
Conductances are in siemens; of models that are stated in weight units (wMin, wMax) they are in those.`;

const CSV = `
FILE is CSV; the first line names the columns, in any order:
  device,repeat,pulse,conductance_uS     _S, _mS, _uS or _nS; device and repeat only where there are several
  d1,1,,10.02                            the state before a train, without a pulse
  d1,1,set,10.31                         after a potentiating pulse (set or +1)
  d1,1,reset,10.05                       after a depressing one (reset or -1)`;

/** `txsim device …` */
export const deviceCommand = (): Command =>
  new Command('device')
    .description('one device by itself: pulses, plots, and models from measurements')
    .addCommand(responseCommand())
    .addCommand(plotCommand())
    .addCommand(effectCommand())
    .addCommand(fitCommand());

const idArgument = ['<id>', 'namespace/id of a device model, e.g. device-models/soft-bounds'] as const;
const pulsesOption = () =>
  new Option('--pulses <trains>', 'counts of pulses, one train after the other: + potentiates, - depresses')
    .argParser(trains)
    .default([100, -100], '+100,-100');
const fromOption = () =>
  new Option('--from <w>', 'where the first train starts (default: the lower end)').argParser(number);
const forceOption = () => new Option('--force', 'overwrite the picture if it is there');
const configOption = () => setOption('a parameter of the device, e.g. dw=0.01; may be repeated');

const responseCommand = (): Command =>
  new Command('response')
    .description('the state of the nominal device after each pulse')
    .argument(...idArgument)
    .addOption(configOption())
    .addOption(pulsesOption())
    .addOption(fromOption())
    .option('--plot <file>', 'draw it, .svg')
    .addOption(forceOption())
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addHelpText('after', UNITS)
    .action(async (id: string, options: DeviceResponseRequest) => {
      const { response } = await import('../device/response.js');
      await response(id, options);
    });

const plotCommand = (): Command =>
  new Command('plot')
    .description('response of the nominal device, its symmetry point, and the band of a sample of devices')
    .argument(...idArgument)
    .addOption(configOption())
    .addOption(pulsesOption())
    .addOption(fromOption())
    .option('--devices <count>', 'devices in the sample', wholeNumber(2), 200)
    .option('--seed <n>', 'seed of the sample', wholeNumber(0), 1)
    .option('--out <file>', 'the picture, .svg (default: ID.svg in this folder)')
    .addOption(forceOption())
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addHelpText('after', UNITS)
    .action(async (id: string, options: DevicePlotRequest) => {
      const { plot } = await import('../device/plot.js');
      await plot(id, options);
    });

const effectCommand = (): Command =>
  new Command('effect')
    .description('what a non-ideality does to devices, at each of its stages, over a sample of them')
    .argument('<id>', 'namespace/id of a non-ideality, e.g. drift/pcm')
    .addOption(setOption('a parameter of it, e.g. sigma=0.1; may be repeated'))
    .option('--devices <count>', 'devices in the sample', wholeNumber(2), 500)
    .option('--seed <n>', 'seed of the sample', wholeNumber(0), 1)
    .option('--out <file>', 'the picture, .svg (default: ID.svg in this folder)')
    .addOption(forceOption())
    .addOption(pluginOption())
    .addOption(jsonOption())
    .action(async (id: string, options: DeviceEffectRequest) => {
      const { effect } = await import('../device/effect.js');
      await effect(id, options);
    });

const fitCommand = (): Command =>
  new Command('fit')
    .description('the parameters of a model from measured pulse trains, for a stack file')
    .argument('<file>', 'pulse data; - is standard input')
    .requiredOption('--model <id>', 'a model of device-models, e.g. soft-bounds')
    .option('--plot <file>', 'draw data and model, .svg')
    .addOption(forceOption())
    .addOption(jsonOption())
    .addHelpText('after', CSV)
    .action(async (file: string, options: DeviceFitRequest) => {
      const { fit } = await import('../device/fit.js');
      await fit(file, options);
    });

function trains(text: string): number[] {
  const counts = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (counts.every((n) => Number.isSafeInteger(n) && Math.abs(n) <= 1e6)) return counts;
  throw new InvalidArgumentError('Expected counts such as +100,-100.');
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a number.');
}
