import { adc, configure, configJsonSchema, describeConfig, Registry } from '@txsim/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { messageOf, plugin } from '../support/plugins.js';

const schema = z.strictObject({
  bits: z.int().min(1).max(16).default(8).describe('resolution, bits'),
  gain: z.number().positive().describe('volts per ampere'),
  mode: z.enum(['fast', 'slow']).default('fast'),
  range: z
    .union([z.strictObject({ calibrate: z.number().max(1) }), z.literal('maximal'), z.number().positive()])
    .default('maximal')
    .describe('full scale, amperes'),
  ends: z.strictObject({ source: z.number(), sink: z.number() }).optional(),
  taps: z.array(z.strictObject({ weight: z.number() })).optional(),
});

const registrationOf = (config: StandardSchemaV1) =>
  new Registry()
    .add(plugin('acme', [adc({ id: 'sar', description: '', config, create: () => ({}) as never })]))
    .find(adc, 'acme/sar');

const sar = registrationOf(schema);
const lines = (config: object): string[] =>
  messageOf(() => configure(sar, { use: 'acme/sar', ...config }, 'stack.adc')).split('\n');
const told = (...details: string[]): string[] =>
  details.map((detail) => `CONTRIBUTION_CONFIG [@test/acme@1.2.3 acme/sar] stack.adc.${detail}`);

describe('configure', () => {
  test('fills in defaults; use and enabled are not part of the configuration', () => {
    expect(configure(sar, { use: 'acme/sar', enabled: true, gain: 2 }, 'stack.adc')).toEqual({
      bits: 8,
      gain: 2,
      mode: 'fast',
      range: 'maximal',
    });
  });

  test.each<[object, string]>([
    [{}, 'gain: Invalid input: expected number, received undefined'],
    [{ gain: '3' }, 'gain: Invalid input: expected number, received string (got "3")'],
    [{ gain: 0 }, 'gain: Too small: expected number to be >0 (got 0)'],
    [{ gain: 1, bits: 17 }, 'bits: Too big: expected number to be <=16 (got 17)'],
    [{ gain: 1, mode: 'medium' }, 'mode: Invalid option: expected one of "fast"|"slow" (got "medium")'],
    [{ gain: 1, bist: 4 }, 'bist: unknown key. Did you mean "bits"?'],
    [{ gain: 1, zeal: 4 }, 'zeal: unknown key. Known: bits, gain, mode, range, ends, taps.'],
    [
      { gain: 1, range: { calibrat: 1 } },
      'range: expected { calibrate: number ≤ 1 } | "maximal" | number > 0 (got {"calibrat":1})',
    ],
    [{ gain: 1, ends: { source: 1, sink: 2, sunk: 3 } }, 'ends.sunk: unknown key. Did you mean "sink"?'],
    [{ gain: 1, ends: { source: 1, sink: 2, row: 3 } }, 'ends.row: unknown key. Known: source, sink.'],
    [{ gain: 1, taps: [{ weight: 1, hue: 2 }] }, 'taps.0.hue: unknown key. Known: weight.'],
  ])('%j', (config, detail) => {
    expect(lines(config)).toEqual(told(detail));
  });

  test('tells everything at once', () => {
    expect(lines({ gain: -1, bits: 0, mood: 'fast' })).toEqual(
      told(
        'bits: Too small: expected number to be >=1 (got 0)',
        'gain: Too small: expected number to be >0 (got -1)',
        'mood: unknown key. Did you mean "mode"?',
      ),
    );
  });

  test('a schema of another library works too, with its own words', () => {
    const foreign: StandardSchemaV1 = {
      '~standard': {
        version: 1,
        vendor: 'acme',
        validate: (value) =>
          (value as { gain?: number }).gain === 1
            ? { value }
            : { issues: [{ message: 'must be 1', path: ['gain'] }] },
      },
    };
    const registration = registrationOf(foreign);
    expect(configure(registration, { use: 'acme', gain: 1 }, 'stack.adc')).toEqual({ gain: 1 });
    expect(messageOf(() => configure(registration, { use: 'acme', gain: 2 }, 'stack.adc'))).toBe(
      'CONTRIBUTION_CONFIG [@test/acme@1.2.3 acme/sar] stack.adc.gain: must be 1 (got 2)',
    );
    expect(describeConfig(foreign)).toEqual([]);
    expect(configJsonSchema(foreign)).toEqual({});
  });

  test('an asynchronous schema is refused', () => {
    const asynchronous = z.strictObject({}).refine(async () => true);
    const validate = (): Promise<never> => Promise.resolve({ issues: [] }) as never;
    const lazy = { '~standard': { version: 1, vendor: 'acme', validate } } as StandardSchemaV1;
    for (const config of [asynchronous, lazy]) {
      expect(() => configure(registrationOf(config), { use: 'acme' }, 'stack.adc')).toThrow(
        'acme/sar: the schema must not be asynchronous',
      );
    }
  });
});

test('keys with the same keys below them share those', () => {
  const step = z.strictObject({ sigma: z.number() });
  expect(describeConfig(z.strictObject({ of: z.strictObject({ up: step, down: step }) }))[0]!.type).toBe(
    '{ up, down: { sigma: number } }',
  );
});

test('describeConfig gives type, range, default and description of each parameter', () => {
  expect(describeConfig(schema)).toEqual([
    { key: 'bits', type: 'integer ≥ 1 ≤ 16', description: 'resolution, bits', default: 8 },
    { key: 'gain', type: 'number > 0', description: 'volts per ampere' },
    { key: 'mode', type: '"fast" | "slow"', description: '', default: 'fast' },
    {
      key: 'range',
      type: '{ calibrate: number ≤ 1 } | "maximal" | number > 0',
      description: 'full scale, amperes',
      default: 'maximal',
    },
    { key: 'ends', type: '{ source: number, sink: number }', description: '' },
    { key: 'taps', type: '{ weight: number }[]', description: '' },
  ]);
});

test('the JSON Schema says what people write: defaults may be left out, unknown keys are refused', () => {
  expect(configJsonSchema(schema)).toMatchObject({
    type: 'object',
    required: ['gain'],
    additionalProperties: false,
  });
});
