import { deviceModel, type Contribution, type DeviceModel } from '@txsim/core';
import { z } from 'zod';
import { weightsAreOrdered } from '../weight-scale.js';
import { windowIsOpen } from '../window-fields.js';

/** A published device: a model with the parameters of its source. */
export interface Preset {
  readonly id: string;
  readonly model: Contribution<DeviceModel>;
  readonly description: string;
  readonly citation: string;
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

/** A preset as a device of its own: the model's schema with other defaults, so that each key can still be set. */
export function fromPreset({ id, model, description, citation, values }: Preset): Contribution<DeviceModel> {
  const { shape } = model.config as unknown as z.ZodObject<Record<string, z.ZodDefault>>;
  const standard = Object.entries(shape).map(([key, field]) => {
    const value = values[key];
    return [key, value === undefined ? field : field.default(value).describe(field.description ?? '')];
  });
  const unknown = Object.keys(values).filter((key) => !(key in shape));
  if (unknown.length > 0) throw new Error(`preset ${id}: ${model.id} has no ${unknown.join(', ')}`);
  const fields = z.strictObject(Object.fromEntries(standard) as Record<string, z.ZodDefault>);
  // The checks do not look at keys that a schema lacks.
  const checked =
    'wMin' in shape ? fields.check(weightsAreOrdered as never) : fields.check(windowIsOpen as never);
  return deviceModel({
    id,
    description: `${description} A preset of ${model.id}.`,
    citation,
    config: checked,
    create: (context) => model.create(context as never),
  });
}
