import type { DeviceModel } from '@txsim/core';
import { numberOf } from '@txsim/ops';

/** The per-device parameters of the nominal device: all that is drawn at its mean. */
export const nominalParameters = ({ perDevice = {} }: Pick<DeviceModel, 'perDevice'>) =>
  Object.fromEntries(Object.entries(perDevice).map(([name, e]) => [name, numberOf(e)({})]));
