import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Pair = readonly [pulses: number, weight: number];

/** Statistics over many devices after n pulses. */
export interface Spread {
  readonly n: number;
  readonly mean: number;
  readonly std: number;
}

/** One device of test/fixtures/devices/pulse-response.json. */
export interface ReferenceDevice {
  readonly cls: string;
  readonly params: Readonly<Record<string, never>>;
  readonly w_min: number;
  readonly w_max: number;
  readonly from_w_min_up: readonly Pair[];
  readonly then_down: readonly Pair[];
  readonly from_zero_n_up: number;
  readonly from_zero_n_down: number;
  readonly from_zero_w: readonly Pair[];
  readonly variation: {
    readonly params: Readonly<Record<string, never>>;
    readonly devices: number;
    readonly N: number;
    readonly up_from_0: readonly Spread[];
    readonly down_after: readonly Spread[];
    readonly c2c_only: readonly Spread[];
  };
}

/** Pulse responses of another simulator, written in C++; `about` of the file says how they were made. */
export const referenceDevices = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/devices/pulse-response.json'), 'utf8')) as {
    devices: Readonly<Record<string, ReferenceDevice>>;
  }
).devices;

const MODELS: Readonly<Record<string, string>> = {
  ConstantStepDevice: 'constant-step',
  IdealizedPresetDevice: 'idealized',
  GokmenVlasovPresetDevice: 'gokmen-vlasov',
  LinearStepDevice: 'linear-step',
  CapacitorPresetDevice: 'capacitor',
  SoftBoundsDevice: 'soft-bounds',
  SoftBoundsReferenceDevice: 'soft-bounds-reference',
  ReRamArrayOMPresetDevice: 'reram-array-om',
  ReRamArrayHfO2PresetDevice: 'reram-array-hfo2',
  SoftBoundsPmaxDevice: 'soft-bounds-pmax',
  ExpStepDevice: 'exponential-step',
  ReRamESPresetDevice: 'reram-es',
  PCMPresetDevice: 'pcm',
  PowStepDevice: 'power-step',
  PiecewiseStepDevice: 'piecewise-step',
};

/** Their keys → ours. */
const KEYS: Readonly<Record<string, string>> = {
  dw_min: 'dw',
  dw_min_dtod: 'stepDeviceToDevice',
  dw_min_std: 'cycleToCycle',
  up_down: 'upDown',
  up_down_dtod: 'upDownDeviceToDevice',
  w_max_dtod: 'wMaxDeviceToDevice',
  w_min_dtod: 'wMinDeviceToDevice',
  w_max: 'wMax',
  w_min: 'wMin',
  range_max: 'wMax',
  range_min: 'wMin',
  p_max: 'pMax',
  alpha: 'alpha',
  gamma_up: 'gammaUp',
  gamma_down: 'gammaDown',
  gamma_up_dtod: 'gammaUpDeviceToDevice',
  gamma_down_dtod: 'gammaDownDeviceToDevice',
  A_up: 'aUp',
  A_down: 'aDown',
  a: 'scale',
  b: 'shift',
  pow_gamma_dtod: 'gammaDeviceToDevice',
  piecewise_up: 'up',
  piecewise_down: 'down',
  reference_mean: 'reference',
  reference_std: 'referenceDeviceToDevice',
  subtract_symmetry_point: 'symmetric',
};

/** A model of ours with parameters of theirs. */
export function modelOf(
  { cls }: ReferenceDevice,
  params: Readonly<Record<string, unknown>>,
): { readonly use: string; readonly [key: string]: unknown } {
  const config: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(params)) {
    const name = KEYS[key];
    if (name !== undefined && value !== null && !(name === 'dw' && cls === 'SoftBoundsPmaxDevice'))
      config[name] = value;
  }
  if (cls === 'PowStepDevice') config['gammaUp'] = config['gammaDown'] = params['pow_gamma'];
  if (params['dw_min_dtod_log_normal'] === true) config['stepDistribution'] = 'lognormal';
  if (params['mult_noise'] !== undefined)
    config['noise'] = params['mult_noise'] === true ? 'multiplicative' : 'additive';
  return { use: `device-models/${MODELS[cls]!}`, ...config };
}
