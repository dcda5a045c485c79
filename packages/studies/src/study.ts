import { parseFile } from '@txsim/core';
import { z } from 'zod';

const paths = z.record(z.string().min(1), z.json());

const range = z.strictObject({
  from: z.number().describe('one end'),
  to: z.number().describe('the other end'),
  steps: z.int().min(2).optional().describe('values of a grid or of one-at-a-time, ends included'),
  scale: z.enum(['linear', 'log']).default('linear').describe('how values are spread between the ends'),
  whole: z.boolean().default(false).describe('whether values are rounded to whole numbers'),
  baseline: z.number().optional().describe("one-at-a-time: the value while others vary; absent: the stack's"),
});

const list = z.strictObject({
  values: z.array(z.json()).min(1).describe('the values'),
  baseline: z.json().optional().describe("one-at-a-time: the value while others vary; absent: the stack's"),
});

const sampled = (kind: 'random' | 'latin-hypercube') =>
  z.strictObject({ kind: z.literal(kind), points: z.int().min(1).describe('number of points') });

const operation = z.enum(['forward', 'backward', 'update']);

const attribution = z.strictObject({
  kind: z.literal('attribution'),
  parts: z
    .record(
      z.string(),
      z.strictObject({
        operations: z.array(operation).min(1).describe('where it acts'),
        off: paths.describe('what takes it away'),
      }),
    )
    .describe('name → a part of the stack that can be taken away'),
});

const design = z.union(
  [
    z.enum(['grid', 'one-at-a-time']),
    sampled('random'),
    sampled('latin-hypercube'),
    z.strictObject({
      kind: z.literal('morris'),
      trajectories: z
        .int()
        .min(2)
        .default(8)
        .describe('trajectories, each of one point more than there are axes'),
      levels: z.int().min(2).multipleOf(2).default(4).describe('levels of each axis, an even number'),
    }),
    attribution,
    z.strictObject({
      kind: z.literal('list'),
      points: z
        .array(
          z.strictObject({ label: z.string().min(1).describe('what it is called'), set: paths.default({}) }),
        )
        .min(1)
        .describe('the points themselves'),
    }),
  ],
  {
    error:
      'expected "grid", "one-at-a-time", { "kind": "random" or "latin-hypercube", "points": N }, ' +
      '{ "kind": "morris", "trajectories": N } or { "kind": "list", "points": [{ "label", "set" }] }',
  },
);

/** A study as people write it: what is varied about a stack, and how. */
export const studySchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().optional().describe('what the report is called'),
  expected: z
    .union([z.string(), z.record(z.string(), z.string())])
    .optional()
    .describe('what is expected of the outcome, or of each axis, stated beforehand'),
  base: z
    .union([z.string(), z.record(z.string(), z.json())])
    .optional()
    .describe(
      'the stack: a file relative to this one, a preset, or the stack itself; absent: the built-in example',
    ),
  set: paths.default({}).describe('values at paths of the stack, for all points'),
  axes: z
    .record(
      z.string().min(1),
      z.union([z.array(z.json()).min(1), list, range], {
        error: 'expected a list of values, { "values": […] } or { "from": …, "to": …, "steps": … }',
      }),
    )
    .default({})
    .describe('path of the stack, or $name of a variable → its values'),
  design: design.default('grid').describe('which points of the axes are taken'),
  seeds: z
    .union([z.int().min(1), z.array(z.int().min(0)).min(1)])
    .default(3)
    .describe('seeds of each point, or how many, from 1 on'),
  designSeed: z.int().min(0).default(1).describe('seed of random, latin-hypercube and morris'),
  derive: z
    .record(z.string().min(1), z.string())
    .default({})
    .describe('path or $name → formula of $names and {paths}, in this order'),
  where: z.array(z.string()).default([]).describe('formulas; points where one of them is false are left out'),
  costs: z
    .record(z.string().min(1), z.string())
    .default({})
    .describe('name → formula of what is to be small, for the Pareto view'),
  twin: z
    .boolean()
    .default(true)
    .describe('whether the digital reference is trained, once for each of its kind'),
});

/** A study, completed with defaults. */
export type Study = z.infer<typeof studySchema>;
/** A study as people write it. */
export type StudyInput = z.input<typeof studySchema>;

/**
 * Checks a study and completes it.
 *
 * @param origin name of the file, for messages
 * @throws StackError with every problem at once (STUDY_INVALID)
 */
export function parseStudy(value: unknown, origin = 'study'): Study {
  return parseFile(studySchema, value, { origin, code: 'STUDY_INVALID', known: knownKeys });
}

/** The keys that may stand at a path of a study. */
const knownKeys = (path: readonly PropertyKey[]): string[] =>
  path.length === 0 ? Object.keys(studySchema.shape) : [];
