import type { Contribution, UpdateRule } from '@txsim/core';
import { planeShape, toTiles, usedCells, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { normalNumbers } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

const GRID: TileGrid = { inputs: 13, outputs: 6, tileRows: 2, tileColumns: 1, rows: 8, columns: 8 };
const BATCH = 5;
const RATE = 0.1;

/** What holds for every update rule: it asks for a descent, of devices that are in use. */
export function describeUpdateRule(contribution: Contribution<UpdateRule>, options: Options = {}): void {
  const rule = make(contribution, options);
  const signals = (): { x: tf.Tensor2D; d: tf.Tensor2D } => ({
    x: tf.tensor2d(normalNumbers(BATCH * GRID.inputs, 1), [BATCH, GRID.inputs]),
    d: tf.tensor2d(normalNumbers(BATCH * GRID.outputs, 2), [BATCH, GRID.outputs]),
  });

  describePromises(`update rule ${contribution.id}`, options, (promised) => {
    promised('it asks every device of the tiles for a finite change', async () => {
      const { delta } = rule.request({ ...signals(), rate: RATE, grid: GRID });
      expect(delta.shape).toEqual(planeShape(GRID));
      for (const change of await delta.data()) expect(Number.isFinite(change)).toBe(true);
    });
    promised('it asks for a descent: the changes lie against the gradient', async () => {
      const { x, d } = signals();
      const { delta } = rule.request({ x, d, rate: RATE, grid: GRID });
      const gradient = toTiles(tf.matMul(x, d, true, false), GRID);
      expect((await tf.sum(tf.mul(delta, gradient)).data())[0]).toBeLessThan(0);
    });
    promised('it asks nothing of cells that are not used', async () => {
      const { delta } = rule.request({ ...signals(), rate: RATE, grid: GRID });
      const outside = tf.max(tf.abs(tf.mul(delta, tf.sub(1, usedCells(GRID)))));
      expect((await outside.data())[0]).toBe(0);
    });
    promised('it asks for nothing where there is no gradient, and at a rate of 0', async () => {
      const { x, d } = signals();
      for (const signal of [
        { x, d: tf.zerosLike(d), rate: RATE },
        { x, d, rate: 0 },
      ]) {
        // prettier-ignore
        const { delta } = rule.request({ ...signal, grid: GRID });
        expect((await tf.max(tf.abs(delta)).data())[0]).toBe(0);
      }
    });
    promised('it makes one tensor and leaves the signals', () => {
      const { x, d } = signals();
      const before = tf.memory().numTensors;
      rule.request({ x, d, rate: RATE, grid: GRID });
      expect(tf.memory().numTensors).toBe(before + 1);
      expect(x.isDisposed || d.isDisposed).toBe(false);
    });
  });
}
