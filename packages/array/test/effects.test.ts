import { arrayModel, LearningMatrix } from '@txsim/array';
import { compose, definePlugin, nonIdeality, type StackInput, type StageEffect, type Use } from '@txsim/core';
import { add, input, multiply, uniform, type Expression } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { laboratory, labStack, values } from '../../../test/support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

const STAGES = ['program', 'update', 'conduct', 'read'] as const;
const stage = z.enum(STAGES).default('conduct').describe('where it acts');

/** value → value · factor, at one stage. */
const scale = nonIdeality({
  id: 'scale',
  description: 'For tests.',
  config: z.strictObject({ stage, factor: z.number().default(2).describe('factor') }),
  create: ({ config }) => ({
    effects: [
      { stage: config.stage, apply: (value: Expression) => multiply(value, config.factor) } as StageEffect,
    ],
  }),
});

/** value → value + offset, at one stage. */
const shift = nonIdeality({
  id: 'shift',
  description: 'For tests.',
  config: z.strictObject({ stage, by: z.number().default(1).describe('offset, siemens or amperes') }),
  create: ({ config }) => ({
    effects: [{ stage: config.stage, apply: (value: Expression) => add(value, config.by) } as StageEffect],
  }),
});

/** value → value · (1 + u), u drawn once per device under a name that every contribution may use. */
const spread = nonIdeality({
  id: 'spread',
  description: 'For tests.',
  config: z.strictObject({}),
  create: () => ({
    perDevice: { factor: add(1, uniform('variation')) },
    effects: [{ stage: 'conduct', apply: (value) => multiply(value, input('factor')) }],
  }),
});

const plugin = definePlugin({ name: 'effects', version: '1.0.0', namespace: 'effects', engines: { txsim: '*' }, contributes: [scale, shift, spread] }); // prettier-ignore
type Uses = StackInput['stack']['nonIdealities'];

/** A matrix of [[0]] in a window of 1 to 100 siemens, two-sided: both devices at 50.5 S. */
const matrixWith = async (nonIdealities: Uses, adc?: Use, size = 1): Promise<LearningMatrix> => {
  const stack = labStack({
    device: { use: 'device-models/ideal', gMin: 1, gMax: 100 },
    mapping: { use: 'mapping', weightRange: 1, sides: 'two', subtract: 'digital', rows: size, columns: size },
    nonIdealities,
    ...(adc && { adc }),
  });
  const arrays = arrayModel(compose(stack, laboratory().add(plugin)));
  return LearningMatrix.create(arrays, { name: 'matrix', weights: tf.zeros([size, size]) });
};

const use = (id: string, at: string, rest: object = {}) => ({ use: `effects/${id}`, stage: at, ...rest });

describe('effects of a stage act one after the other, in the order of the stack', () => {
  test('program', async () => {
    const [a, b] = [use('shift', 'program', { by: 8 }), use('scale', 'program', { factor: 0.5 })];
    expect(values((await matrixWith([a, b])).state[0]!)).toEqual([(50.5 + 8) / 2]);
    expect(values((await matrixWith([b, a])).state[0]!)).toEqual([50.5 / 2 + 8]);
  });

  test('update', async () => {
    const [a, b] = [use('shift', 'update', { by: 8 }), use('scale', 'update', { factor: 0.5 })];
    const written = async (effects: Uses): Promise<number> => {
      const matrix = await matrixWith(effects);
      matrix.update(tf.tensor2d([[1]]), tf.tensor2d([[0]]), 1);
      return values(matrix.state[0]!)[0]!;
    };
    expect(await written([a, b])).toBe((50.5 + 8) / 2);
    expect(await written([b, a])).toBe(50.5 / 2 + 8);
  });

  test('conduct', async () => {
    const [a, b] = [use('shift', 'conduct', { by: 8 }), use('scale', 'conduct', { factor: 3 })];
    expect(values((await matrixWith([a, b])).conducting()[0]!)).toEqual([(50.5 + 8) * 3]);
    expect(values((await matrixWith([b, a])).conducting()[0]!)).toEqual([50.5 * 3 + 8]);
  });

  test('read', async () => {
    const [a, b] = [use('shift', 'read', { by: 8 }), use('scale', 'read', { factor: 3 })];
    // What the converters see of w = 0 under 1 V: 50.5 A in each of the two planes, largest first.
    const seen = async (effects: Uses): Promise<number> => {
      const matrix = await matrixWith(effects, {
        use: 'circuit-models/uniform-adc',
        range: { calibrate: 1 },
      });
      matrix.observe();
      matrix.forward(tf.tensor2d([[1]]));
      await matrix.settle();
      return values(matrix.save()['forward.fullScale']!)[0]!;
    };
    expect(await seen([a, b])).toBe((50.5 + 8) * 3);
    expect(await seen([b, a])).toBe(50.5 * 3 + 8);
  });
});

describe('parameters per device', () => {
  const factors = async (nonIdealities: Uses): Promise<number[]> => {
    const matrix = await matrixWith(nonIdealities, undefined, 4);
    return matrix.conducting().flatMap((g, p) => values(tf.div(g, matrix.state[p]!)));
  };
  const one = { use: 'effects/spread' };
  const near = (found: readonly number[], wanted: readonly number[]): void =>
    found.forEach((x, i) => expect(Math.abs(x - wanted[i]!)).toBeLessThan(1e-5));

  test('of the same contribution twice are drawn twice', async () => {
    const [alone, both] = [await factors([one]), await factors([one, one])];
    const second = both.map((f, i) => f / alone[i]!);
    for (const f of second) expect(f >= 1 && f <= 2).toBe(true);
    expect(second.every((f, i) => Math.abs(f - alone[i]!) < 1e-5)).toBe(false);
  });

  test('do not change where other contributions use the same words', async () => {
    const [alone, other] = [await factors([one]), await factors([{ use: 'device-variation', sigma: 0.1 }])];
    near(await factors([{ use: 'device-variation', sigma: 0.1 }, one]), alone.map((f, i) => f * other[i]!)); // prettier-ignore
  });

  test('stay when weights are programmed again', async () => {
    const matrix = await matrixWith([one], undefined, 4);
    const now = (): number[] => values(tf.div(matrix.conducting()[0]!, matrix.state[0]!));
    const before = now();
    matrix.program(tf.fill([4, 4], 0.5));
    near(now(), before);
  });
});
