import { z } from 'zod';
import { PluginError, StackError, type ErrorCode } from '../plugin/errors.js';
import { didYouMean } from '../plugin/did-you-mean.js';

/** A choice of contribution with its configuration: `{ "use": "namespace/id", …config }`. */
export const useSchema = z
  .looseObject({
    use: z.string().min(1).describe('namespace/id of the contribution, or a namespace that has only one'),
    enabled: z.boolean().optional().describe('false leaves it out, so that its cost can be told'),
  })
  .describe('a contribution and its configuration');

/** A choice of contribution with its configuration. */
export type Use = z.infer<typeof useSchema>;

const operation = z.enum(['analog', 'digital']).default('analog');

/** The operations of training: through the arrays, or computed exactly from the weights that the devices hold. */
export const operationsSchema = z.strictObject({
  forward: operation.describe('forward propagation: through the arrays, or exact from the stored weights'),
  backward: operation.describe('backward propagation: through the arrays, or exact from the stored weights'),
  update: operation.describe(
    'weight update: the device response, or exactly what is asked (clipped to the window)',
  ),
});

const arraySchema = z.strictObject({
  device: useSchema.describe('the device at each crosspoint'),
  cell: useSchema.optional().describe('the current–voltage curve of the cells; absent: a straight line'),
  mapping: useSchema.describe('weights ↔ conductances'),
  dac: useSchema.optional().describe('input converters; absent: ideal'),
  adc: useSchema.optional().describe('output converters; absent: ideal'),
  driver: useSchema.optional().describe('circuit between DAC and line; absent: ideal'),
  sense: useSchema.optional().describe('circuit between line and ADC; absent: ideal'),
  wire: useSchema.optional().describe('wire resistance; absent: ideal wires'),
  compensation: useSchema
    .optional()
    .describe('what makes up for drift where time is asked for; absent: nothing'),
  speedup: useSchema.optional().describe('when the wire network is solved again; absent: every step'),
  updateRule: useSchema
    .optional()
    .describe('from (x, d) to requests per device; absent: trainers/outer-product'),
  countPulses: z
    .boolean()
    .optional()
    .describe('count the pulses of each device and what they change, for the report; 8 bytes per device'),
  nonIdealities: z.array(useSchema).default([]).describe('in the order in which they act within a stage'),
});

const layerNames = z.array(z.string().min(1)).optional();

const layersSchema = z.strictObject({
  include: layerNames.describe('layers on arrays, by name or class; absent: all that have an analog form'),
  exclude: layerNames.describe('layers that stay digital, by name or class'),
  perLayer: z
    .record(z.string(), arraySchema.partial().extend({ nonIdealities: z.array(useSchema).optional() }))
    .optional()
    .describe('parts of "stack" that are others for a layer, by its name'),
});

/** A stack file. */
export const stackSchema = z.strictObject({
  $schema: z.string().optional(),
  plugins: z.array(z.string()).default([]).describe('packages or paths to load beside the built-in ones'),
  seed: z.int().min(0).default(1).describe('seed of all that is random'),
  generator: z
    .enum(['feistel', 'philox'])
    .default('feistel')
    .describe(
      'what makes the noise of the arrays: feistel is fast, philox the published Philox4x32-10; pulse trains and the noise of their pulses are always of feistel',
    ),
  backend: z.string().default('auto').describe('auto, or the name of a backend'),
  dataset: useSchema,
  network: useSchema,
  stack: arraySchema,
  layers: layersSchema.optional().describe('which layers of the network are on which arrays'),
  operations: operationsSchema.prefault({}),
  trainer: useSchema,
  reporters: z.array(useSchema).default([]).describe('who tells of the run'),
  extensions: z
    .array(useSchema)
    .default([])
    .describe('contributions to extension points that plugins opened'),
});

/** A stack file as it was read and completed with defaults. */
export type Stack = z.infer<typeof stackSchema>;
/** A stack file as people write it. */
export type StackInput = z.input<typeof stackSchema>;

/**
 * Checks the outer shape of a stack; configurations are checked by their contributions.
 *
 * @param origin name of the file, for messages
 * @throws StackError with every problem at once (STACK_INVALID)
 */
export function parseStack(value: unknown, origin = 'stack'): Stack {
  return parseFile(stackSchema, value, { origin, code: 'STACK_INVALID', known: knownKeys });
}

/** What `parseFile` says of a file that is wrong. */
export interface FileErrors {
  /** Name of the file. */
  readonly origin: string;
  readonly code: ErrorCode;
  /** The keys that may stand at a path. */
  readonly known: (path: readonly PropertyKey[]) => readonly string[];
}

/**
 * Checks a file by its schema and completes it.
 *
 * @throws StackError with every problem at once
 */
export function parseFile<S extends z.ZodType>(
  schema: S,
  value: unknown,
  { origin, code, known }: FileErrors,
): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new StackError(
    result.error.issues.flatMap((issue) =>
      issueDetails(issue, value, known).map((detail) => new PluginError(code, origin, detail)),
    ),
  );
}

/**
 * An issue in words: path, expectation, value, and the nearest known key where one is unknown.
 *
 * @param known the keys that may stand at a path
 */
function issueDetails(issue: z.core.$ZodIssue, value: unknown, known: FileErrors['known']): string[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const siblings = known(issue.path);
    return issue.keys.map((key) => {
      const where = [...issue.path, key].join('.');
      return `${where}: unknown key.${didYouMean(key, siblings) || ` Known: ${siblings.join(', ')}.`}`;
    });
  }
  return [`${path || 'stack'}: ${issue.message}${inWords(valueAt(value, issue.path))}`];
}

const knownKeys = (path: readonly PropertyKey[]): string[] => {
  const at = path.join('.');
  if (at === 'stack') return Object.keys(arraySchema.shape);
  if (at === 'operations') return Object.keys(operationsSchema.shape);
  if (at === 'layers') return Object.keys(layersSchema.shape);
  if (/^layers\.perLayer\.[^.]+$/.test(at)) return Object.keys(arraySchema.shape);
  return at === '' ? Object.keys(stackSchema.shape) : [];
};

/** The value at a path of keys, or undefined. */
export const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((v, key) => (v as Record<PropertyKey, unknown> | undefined)?.[key], value);

/** ` (got 3)`, or nothing where there is no value. */
export function inWords(got: unknown): string {
  if (got === undefined) return '';
  return ` (got ${typeof got === 'number' || typeof got === 'bigint' ? String(got) : JSON.stringify(got)})`;
}
