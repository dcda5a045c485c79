import type { Contribution, NonIdeality, StageEffect } from '@txsim/core';
import { input, inputNames, type Expression } from '@txsim/ops';
import { expect } from 'vitest';
import { spaced, valuesOf, withParameters } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';
import { Z_LIMIT } from './support/statistics.js';

/** Where a sample of a stage is taken; numbers that are not given are in the middle of the window. */
export type StageInputs = Readonly<Record<string, number>>;

/** Takes `count` independent values of an effect's result; `inputs` are the names of the stage's site and `value`. */
export type Sample = (stage: StageEffect['stage'], count: number, inputs?: StageInputs) => Promise<number[]>;

/** What `describeNonIdeality` is told of an effect. */
export interface NonIdealityOptions extends Options {
  /** A configuration of strength 0, under which nothing changes. */
  readonly neutral?: Readonly<Record<string, unknown>>;
  /** Named z-scores; each promises |z| < 4.5. */
  readonly statistics?: Readonly<Record<string, (sample: Sample) => Promise<number>>>;
}

const WINDOW = { gMin: 1e-6, gMax: 1e-5 };
const STAGES: readonly StageEffect['stage'][] = ['program', 'update', 'retain', 'conduct', 'read'];
const MIDDLE = (WINDOW.gMin + WINDOW.gMax) / 2;
/** Amperes; volts for `driveNorm`. */
const READ = { value: 1e-6, driveNorm: 1, deviceCurrentNorm: 1e-6, fullScale: 1e-5 };
const SITE: Readonly<Record<StageEffect['stage'], StageInputs>> = {
  program: { value: MIDDLE },
  update: { value: MIDDLE + 1e-7, before: MIDDLE, request: 1e-7, pulses: 1e5 },
  retain: { value: MIDDLE, time: 3600 },
  conduct: { value: MIDDLE },
  read: READ,
};
/** Rounding of float32 through a few operations, relative to the largest value. */
const ROUNDING = 1e-6;

/** What holds for every non-ideality, at each stage where it acts. */
export function describeNonIdeality(
  contribution: Contribution<NonIdeality>,
  options: NonIdealityOptions = {},
): void {
  const of = (config = options.config): NonIdeality => make(contribution, { ...options, config });
  const product = of();
  const sweep = async (stage: StageEffect['stage']): Promise<Record<string, number[]>> => {
    const count = 64;
    const values = stage === 'read' ? spaced(-1e-5, 1e-5, count) : spaced(WINDOW.gMin, WINDOW.gMax, count);
    const fixed = Object.entries(SITE[stage]).map(([name, v]) => [name, new Array<number>(count).fill(v)]);
    return {
      ...(await knownOf(product, count)),
      ...(Object.fromEntries(fixed) as Record<string, number[]>),
      value: values,
    };
  };
  const sample: Sample = async (stage, count, inputs = {}) => {
    const site = Object.entries({ ...SITE[stage], ...inputs });
    const vectors = Object.fromEntries(site.map(([name, v]) => [name, new Array<number>(count).fill(v)]));
    return valuesOf(expressionOf(product, stage), { ...(await knownOf(product, count)), ...vectors });
  };

  describePromises(`non-ideality ${contribution.id}`, options, (promised) => {
    promised('it acts, at stages that exist', () => {
      expect(product.effects.length).toBeGreaterThan(0);
      for (const { stage } of product.effects) expect(STAGES).toContain(stage);
    });
    promised('parameters per device depend on noise alone', () => {
      for (const [name, e] of Object.entries(product.perDevice ?? {}))
        expect(inputNames(e), name).toEqual([]);
    });
    for (const stage of new Set(product.effects.map((effect) => effect.stage))) {
      promised(`${stage}: uses what the stage gives and its own parameters only`, () => {
        const { perDevice, known: given } = product;
        const known = [SITE[stage], perDevice, given].flatMap((record) => Object.keys(record ?? {}));
        const used = inputNames(chain(product, stage));
        expect(used.filter((name) => !known.includes(name))).toEqual([]);
      });
      promised(`${stage}: gives one finite value for each`, async () => {
        const vectors = await sweep(stage);
        for (let draw = 0; draw < 4; draw++) {
          const found = await valuesOf(expressionOf(product, stage), vectors, draw);
          expect(found).toHaveLength(vectors['value']!.length);
          for (const x of found) expect(Number.isFinite(x)).toBe(true);
        }
      });
      promised(`${stage}: the same draw gives the same values`, async () => {
        const vectors = await sweep(stage);
        const once = await valuesOf(expressionOf(product, stage), vectors, 3);
        expect(await valuesOf(expressionOf(of(), stage), vectors, 3)).toEqual(once);
      });
      const { neutral } = options;
      if (neutral) {
        promised(`${stage}: changes nothing at strength 0`, async () => {
          const vectors = await sweep(stage);
          const given = vectors['value']!;
          const found = await valuesOf(expressionOf(of(neutral), stage), vectors, 1);
          const limit = ROUNDING * Math.max(...given.map(Math.abs));
          found.forEach((x, i) => expect(Math.abs(x - given[i]!)).toBeLessThanOrEqual(limit));
        });
      }
    }
    for (const [name, score] of Object.entries(options.statistics ?? {})) {
      promised(name, async () => expect(Math.abs(await score(sample))).toBeLessThan(Z_LIMIT));
    }
  });
}

/** What is known of each device, of a matrix of one input. */
async function knownOf({ known = {} }: NonIdeality, count: number): Promise<Record<string, number[]>> {
  const values: Record<string, number[]> = {};
  for (const [name, ask] of Object.entries(known))
    values[name] = Array.from(await ask({ matrix: 'matrix', plane: 0, inputs: 1, outputs: count }));
  return values;
}

const expressionOf = (product: NonIdeality, stage: StageEffect['stage']): Expression =>
  withParameters(chain(product, stage), product.perDevice);

/** All effects of a stage, one after the other. */
const chain = ({ effects }: NonIdeality, stage: StageEffect['stage']): Expression =>
  effects
    .filter((e) => e.stage === stage)
    .reduce<Expression>((value, effect) => apply(effect, value), input('value'));

function apply(effect: StageEffect, value: Expression): Expression {
  switch (effect.stage) {
    case 'program':
    case 'conduct':
      return effect.apply(value, { window: WINDOW });
    case 'retain':
      return effect.apply(value, { window: WINDOW, time: input('time') });
    case 'update':
      return effect.apply(value, { window: WINDOW, before: input('before'), request: input('request'), pulses: input('pulses') }); // prettier-ignore
    case 'read': {
      const [driveNorm, deviceCurrentNorm, fullScale] = [input('driveNorm'), input('deviceCurrentNorm'), input('fullScale')]; // prettier-ignore
      return effect.apply(value, { window: WINDOW, direction: 'forward', planes: 2, driveNorm, deviceCurrentNorm, fullScale }); // prettier-ignore
    }
  }
}
