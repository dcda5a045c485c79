import { add, constant, exp, maximum, minimum, multiply, normal, type Expression } from '@txsim/ops';
import { z } from 'zod';

const sigma = (over: string) =>
  z
    .number()
    .min(0)
    .default(0)
    .describe(`σ over ${over}: fraction of the value (multiplicative) or in its unit (additive)`);

/** How a parameter varies from device to device and from pulse to pulse. */
const spreadField = z
  .strictObject({
    deviceToDevice: sigma('devices, drawn once for each'),
    cycleToCycle: sigma('pulses, drawn for each'),
    distribution: z
      .enum(['normal', 'lognormal'])
      .default('normal')
      .describe('factor 1 + σξ or e^(σξ), whose median is 1'),
    kind: z
      .enum(['multiplicative', 'additive'])
      .default('multiplicative')
      .describe('p · (1 + σξ), or p + σξ'),
  })
  .check(({ value, issues }) => {
    if (value.distribution === 'normal' || value.kind === 'multiplicative') return;
    const message = 'a log-normal spread is a factor: expected kind "multiplicative"';
    issues.push({ code: 'custom', path: ['kind'], input: value, message });
  });

/** The spread of one parameter. */
export type Spread = z.infer<typeof spreadField>;

type Fields = Readonly<Record<string, z.ZodType>>;

/** A configuration with the key that {@link withSpread} adds. */
export interface SpreadConfig {
  readonly spread: Readonly<Record<string, Spread | undefined>>;
}

/**
 * The keys of a device model with one more, `spread`, that lets each of its numbers and tables vary:
 *
 *     normal      p (1 + σξ), or p + σξ where it is additive
 *     lognormal   p e^(σξ)
 *
 * with ξ drawn once for each device and again for each pulse, where both are asked for; what leaves the range of the key is
 * taken at its end. All entries of a table share ξ. Of a model in weight units the window is a scale, and its own bounds
 * are `wMin` and `wMax`.
 */
export function withSpread<F extends Fields>(fields: F) {
  const scale = 'wMin' in fields ? ['gMin', 'gMax', 'margin'] : [];
  const keys = Object.keys(fields).filter((key) => varies(key, fields) && !scale.includes(key));
  const entries = Object.fromEntries(keys.map((key) => [key, spreadField.optional().describe(`of ${key}`)]));
  const spread = z
    .strictObject(entries)
    .default({})
    .describe(
      'device-to-device and cycle-to-cycle spread of parameters, by their keys: { deviceToDevice, cycleToCycle, distribution, kind }',
    );
  return { ...fields, spread };
}

/** Numbers and tables of numbers, but for those that are spreads themselves. */
function varies(key: string, fields: Fields): boolean {
  const { type, items } = jsonOf(fields[key]!);
  const isNumber = type === 'number' || (type === 'array' && items?.type === 'number');
  return isNumber && !/DeviceToDevice$|Sigma$|^cycleToCycle$/.test(key);
}

interface JsonSchema {
  readonly type?: string;
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

const jsonOf = (field: z.ZodType): JsonSchema => z.toJSONSchema(field, { io: 'input' }) as JsonSchema;

/** Streams of noise that is drawn for every pulse begin with this. */
export const EACH_PULSE = 'each pulse ';

/** The parameters of a device: constants, or with the noise of their spreads. */
export interface Drawn<Key extends string> {
  /** A number of the configuration. */
  number(key: Key): Expression;
  /** A table's value v becomes factor · v + shift. */
  table(key: Key): { readonly factor: Expression; readonly shift: Expression };
}

/** Reads numbers and tables of a configuration, with their spreads. @param fields the keys, without `spread` */
export function drawn<F extends Fields>(config: SpreadConfig, fields: F): Drawn<keyof F & string> {
  const values = config as unknown as Readonly<Record<string, number>>;
  return {
    number: (key) => varied(values[key]!, key, config.spread[key], rangeOf(fields[key]!, values[key]!)),
    table: (key) => {
      const spread = config.spread[key];
      const additive = spread?.kind === 'additive';
      return {
        factor: additive ? constant(1) : varied(1, key, spread, [0, Infinity]),
        shift: additive ? varied(0, key, spread, [-Infinity, Infinity]) : constant(0),
      };
    },
  };
}

type Range = readonly [low: number, high: number];

/** An end that a value must not have is not reached: the range begins at this part of the way from it to the value. */
const LEAST = 1e-3;

function rangeOf(field: z.ZodType, value: number): Range {
  const { minimum, exclusiveMinimum: open, maximum } = jsonOf(field);
  const low = open === undefined ? minimum : open + LEAST * (value - open);
  return [low ?? -Infinity, maximum ?? Infinity];
}

function varied(value: number, key: string, spread: Spread | undefined, [low, high]: Range): Expression {
  if (!spread || (spread.deviceToDevice === 0 && spread.cycleToCycle === 0)) return constant(value);
  const once = withNoise(constant(value), spread, spread.deviceToDevice, `spread of ${key}`);
  const each = withNoise(once, spread, spread.cycleToCycle, `${EACH_PULSE}spread of ${key}`);
  const above = low === -Infinity ? each : maximum(each, low);
  return high === Infinity ? above : minimum(above, high);
}

function withNoise(p: Expression, { distribution, kind }: Spread, sigma: number, stream: string): Expression {
  if (sigma === 0) return p;
  const deviation = multiply(normal(stream), sigma);
  if (kind === 'additive') return add(p, deviation);
  return multiply(distribution === 'lognormal' ? exp(deviation) : add(1, deviation), p);
}
