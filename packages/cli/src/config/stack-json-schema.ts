import {
  adc,
  backend,
  cellCurve,
  compensation,
  configJsonSchema,
  dac,
  dataset,
  deviceModel,
  driver,
  mapping,
  network,
  nonIdeality,
  reporter,
  sense,
  speedupPolicy,
  stackSchema,
  trainer,
  updateRule,
  wireModel,
  type Point,
  type Registration,
  type Registry,
} from '@txsim/core';
import { z } from 'zod';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly [key: string]: unknown;
}

/** What stands where in a stack file. */
const TOP: Readonly<Record<string, Point>> = {
  dataset,
  network,
  trainer,
  reporters: reporter,
};
const ARRAY: Readonly<Record<string, Point>> = {
  device: deviceModel,
  cell: cellCurve,
  mapping,
  dac,
  adc,
  driver,
  sense,
  wire: wireModel,
  compensation,
  speedup: speedupPolicy,
  updateRule,
  nonIdealities: nonIdeality,
};

/** Of the file alone: a stack that is read has it no more. */
const EXTENDS: Schema = {
  description:
    'stack files that this one is laid over, the first ones the deepest; paths relative to this file',
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
};

/** The JSON Schema of a stack file in which every `use` and every configuration is one of the loaded ones. */
export function stackJsonSchema(registry: Registry): Schema {
  const whole = z.toJSONSchema(stackSchema, { io: 'input', unrepresentable: 'any' }) as Schema;
  const properties = withContributions(whole, TOP, registry);
  const array = withContributions(whole.properties!['stack']!, ARRAY, registry);
  const backends = ['auto', ...registry.list(backend).map(({ contribution }) => contribution.id)];
  return {
    ...whole,
    properties: {
      ...properties,
      extends: EXTENDS,
      stack: { ...whole.properties!['stack'], properties: array },
      backend: { ...whole.properties!['backend'], enum: backends },
    },
  };
}

function withContributions(
  { properties = {} }: Schema,
  places: Readonly<Record<string, Point>>,
  registry: Registry,
): Record<string, Schema> {
  const choices = Object.entries(places).map(([key, point]) => {
    const place = properties[key]!;
    const choice = {
      description: place['description'],
      anyOf: registry.list(point).map((r) => useOf(r, registry)),
    };
    // No contribution of a point: nothing fits, and `anyOf` may not be empty.
    const schema = choice.anyOf.length > 0 ? choice : { ...choice, anyOf: [false] };
    return [key, place.items ? { ...place, items: schema } : schema] as const;
  });
  return { ...properties, ...(Object.fromEntries(choices) as Record<string, Schema>) };
}

/** A contribution's configuration with the keys `use` and `enabled` that every use has. */
function useOf({ plugin, contribution, use }: Registration, registry: Registry): Schema {
  const { $schema: _, ...config } = configJsonSchema(contribution.config) as Schema;
  const siblings = registry.list(contribution.point).filter((r) => r.plugin === plugin);
  const names = siblings.length === 1 || plugin.main === contribution.id ? [plugin.namespace] : [];
  const common = {
    use: { enum: [use, ...names], description: contribution.description },
    enabled: { type: 'boolean', description: 'false leaves it out, so that its cost can be told' },
  };
  return { description: contribution.description, ...withKeys(config, common) };
}

function withKeys(config: Schema, common: Readonly<Record<string, Schema>>): Schema {
  if (config.anyOf) return { ...config, anyOf: config.anyOf.map((option) => withKeys(option, common)) };
  return {
    type: 'object',
    ...config,
    properties: { ...common, ...config.properties },
    required: ['use', ...(config.required ?? [])],
  };
}
