import {
  configure,
  describeConfig,
  deviceModel,
  type ContributionContext,
  type DeviceModel,
} from '@txsim/core';
import { assertPulsed, weightScale, type PulsedDevice, type WeightConfig } from '@txsim/device-models';
import { randomStream } from '@txsim/ops';
import { naming } from '../config/load-stack.js';
import { setValue } from '../config/set-value.js';
import { InputError } from '../output/input-error.js';
import { loadShown } from '../plugins/load-shown.js';

/** A device by itself, and the unit in which its states are told. */
export interface ShownDevice {
  readonly use: string;
  readonly device: PulsedDevice;
  readonly unit: 'siemens' | 'weight units';
  /** Siemens → unit. */
  readonly toUnit: (g: number) => number;
  /** Unit → siemens. */
  readonly toSiemens: (value: number) => number;
}

/** How a device is asked for. */
export interface DeviceRequest {
  readonly set: readonly string[];
  readonly plugin: readonly string[];
}

/**
 * The device of an id, with the parameters that are set.
 *
 * @throws InputError if there is none, a parameter is wrong, or it does not say what a pulse does
 */
export async function loadDevice(id: string, { set, plugin }: DeviceRequest): Promise<ShownDevice> {
  const { registry } = await loadShown(undefined, plugin);
  return naming(id, async () => {
    const registration = registry.find(deviceModel, id);
    const config: Record<string, unknown> = {};
    for (const assignment of set) setValue(config, assignment);
    const { contribution, use } = registration;
    const complete = configure(registration, { ...config, use }, 'device') as Record<string, unknown>;
    const context = { config: complete, label: use, random: (...purpose: string[]) => randomStream(1, use, ...purpose) }; // prettier-ignore
    const create = () => contribution.create(context as unknown as ContributionContext<never>) as DeviceModel;
    const device = pulsedDevice(use, create);
    const keys = describeConfig(contribution.config).map((p) => p.key);
    if (!['wMin', 'wMax', 'margin'].every((key) => keys.includes(key)))
      return { use, device, unit: 'siemens', toUnit: (g) => g, toSiemens: (g) => g };
    const { zero, unit } = weightScale(complete as unknown as WeightConfig);
    return {
      use,
      device,
      unit: 'weight units',
      toUnit: (g) => (g - zero) / unit,
      toSiemens: (w) => zero + unit * w,
    };
  });
}

/** @throws InputError if there is no device of these parameters, or none that pulses are known of */
function pulsedDevice(use: string, create: () => DeviceModel): PulsedDevice {
  try {
    const device = create();
    assertPulsed(device, use);
    return device;
  } catch (cause) {
    throw new InputError((cause as Error).message, [], { cause });
  }
}

/** @throws InputError unless a state lies in the device's window */
export function startOf({ device, toSiemens, toUnit, unit }: ShownDevice, from: number | undefined): number {
  const { gMin, gMax } = device;
  if (from === undefined) return gMin;
  const g = toSiemens(from);
  const slack = 1e-9 * (gMax - gMin);
  if (g >= gMin - slack && g <= gMax + slack) return Math.min(Math.max(g, gMin), gMax);
  throw new InputError(`--from ${from}: the window is ${toUnit(gMin)} to ${toUnit(gMax)} ${unit}`);
}
