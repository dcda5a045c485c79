import type { Contribution, UpdateRule } from '@txsim/core';
import { toTiles, usedCells, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { normalNumbers } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';
import { Pupil } from './support/pupil.js';

const GRID: TileGrid = { inputs: 13, outputs: 6, tileRows: 2, tileColumns: 1, rows: 8, columns: 8 };
const BATCH = 5;
const RATE = 0.1;
/** The mean change of a weight by one pulse, for rules that ask for pulses: sums of pulses are exact. */
const STEP = 2 ** -7;

/** What `describeUpdateRule` is told of a rule. */
export interface UpdateRuleOptions extends Options {
  /** Mini-batches until something has arrived in the weights for sure; rules that transfer need many. */
  readonly batches?: number;
}

/** What holds for every update rule, whatever it asks of how many arrays: it descends, by devices that are in use. */
export function describeUpdateRule(
  contribution: Contribution<UpdateRule>,
  options: UpdateRuleOptions = {},
): void {
  const { batches = 30 } = options;
  const signal = (k: number, lines: number): tf.Tensor2D =>
    tf.tensor2d(normalNumbers(BATCH * lines, k), [BATCH, lines]);
  const x = (): tf.Tensor2D => signal(1, GRID.inputs);
  const d = (): tf.Tensor2D => signal(2, GRID.outputs);

  const pupil = (): Pupil =>
    new Pupil(make(contribution, options), { grid: GRID, pulseStep: STEP, states: { up: 100, down: 100 } });
  /** The same batch again and again. */
  const taught = (by: Parameters<Pupil['learn']>, times = batches): Pupil => {
    const one = pupil();
    for (let i = 0; i < times; i++) one.learn(...by);
    return one;
  };
  let finished: Pupil | undefined;
  const graduate = (): Pupil => (finished ??= taught([x(), d(), RATE]));
  const state = async (one: Pupil): Promise<number[][]> => {
    const tensors = [...one.arrays.map(({ tiles }) => tiles), ...one.memory.values()];
    return Promise.all(tensors.map(async (t) => Array.from(await t.data())));
  };

  describePromises(`update rule ${contribution.id}`, options, (promised) => {
    promised('it descends: after some mini-batches the weights lie against the gradient', async () => {
      const gradient = toTiles(tf.matMul(x(), d(), true, false), GRID);
      const { tiles } = graduate();
      for (const w of await tiles.data()) expect(Number.isFinite(w)).toBe(true);
      expect((await tf.sum(tf.mul(tiles, gradient)).data())[0]).toBeLessThan(0);
    });
    promised('it asks nothing of cells that are not used', async () => {
      for (const { tiles } of graduate().arrays) {
        const outside = tf.max(tf.abs(tf.mul(tiles, tf.sub(1, usedCells(GRID)))));
        expect((await outside.data())[0]).toBe(0);
      }
    });
    promised('without a gradient, or at a rate of 0, weights stay', async () => {
      for (const still of [taught([x(), tf.zeros([BATCH, GRID.outputs]), RATE]), taught([x(), d(), 0])])
        expect((await tf.max(tf.abs(still.tiles)).data())[0]).toBe(0);
    });
    promised('a mini-batch that is shown in parts teaches the same', async () => {
      const whole = await state(taught([x(), d(), RATE], 4));
      const cut = await state(taught([x(), d(), RATE, [2, 1, BATCH - 3]], 4));
      whole.flat().forEach((w, i) => expect(cut.flat()[i]!).toBeCloseTo(w, 5));
    });
    promised('the same samples teach the same again', async () => {
      expect(await state(taught([x(), d(), RATE], 4))).toEqual(await state(taught([x(), d(), RATE], 4)));
    });
    promised('it leaves the signals, and no tensors behind', () => {
      const given = [x(), d()] as const;
      const one = taught([...given, RATE], 1);
      const { numTensors, numBytes } = tf.memory();
      for (let i = 0; i < 5; i++) one.learn(...given, RATE);
      expect(tf.memory()).toMatchObject({ numTensors, numBytes });
      expect(given.some((t) => t.isDisposed)).toBe(false);
    });
  });
}
