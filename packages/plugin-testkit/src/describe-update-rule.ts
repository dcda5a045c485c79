import type { Contribution, UpdateRequest, UpdateRule, UpdateSignal } from '@txsim/core';
import { countCoincidences, planeShape, toTiles, usedCells, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { normalNumbers } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

const GRID: TileGrid = { inputs: 13, outputs: 6, tileRows: 2, tileColumns: 1, rows: 8, columns: 8 };
const BATCH = 5;
const RATE = 0.1;
/** The mean change of a weight by one pulse, for rules that ask for pulses. */
const STEP = 0.01;

/** The mean change that a request asks of each weight, in the layout of the tiles. */
function meanChange(request: UpdateRequest): tf.Tensor4D {
  if (request.kind === 'delta') return request.delta;
  const { up, down } = request.kind === 'counts' ? request : countCoincidences(request.x, request.d, GRID);
  return tf.mul(tf.sub(up, down), STEP);
}

const tensorsOf = (request: UpdateRequest): tf.Tensor[] =>
  Object.values(request).filter((value) => value instanceof tf.Tensor);

/** What holds for every update rule, of whatever it asks: it asks for a descent, of devices that are in use. */
export function describeUpdateRule(contribution: Contribution<UpdateRule>, options: Options = {}): void {
  const rule = make(contribution, options);
  const signal = (changed: Partial<UpdateSignal> = {}): UpdateSignal => ({
    name: 'testkit',
    x: tf.tensor2d(normalNumbers(BATCH * GRID.inputs, 1), [BATCH, GRID.inputs]),
    d: tf.tensor2d(normalNumbers(BATCH * GRID.outputs, 2), [BATCH, GRID.outputs]),
    rate: RATE,
    grid: GRID,
    firstSample: 0,
    pulseStep: STEP,
    ...changed,
  });
  const asks = (changed: Partial<UpdateSignal> = {}): tf.Tensor4D =>
    meanChange(rule.request(signal(changed)));

  describePromises(`update rule ${contribution.id}`, options, (promised) => {
    promised('it asks every device of the tiles for a finite change', async () => {
      const change = asks();
      expect(change.shape).toEqual(planeShape(GRID));
      for (const c of await change.data()) expect(Number.isFinite(c)).toBe(true);
    });
    promised('counts are whole numbers, trains are one int32 word per line and sample', async () => {
      const request = rule.request(signal());
      if (request.kind === 'counts') {
        for (const n of [...(await request.up.data()), ...(await request.down.data())])
          expect(n >= 0 && Number.isInteger(n), `${n} pulses`).toBe(true);
      }
      if (request.kind === 'trains') {
        expect([request.x.dtype, request.d.dtype]).toEqual(['int32', 'int32']);
        expect(request.x.shape).toEqual([BATCH, GRID.inputs]);
        expect(request.d.shape).toEqual([BATCH, GRID.outputs]);
        expect(request.firstSample).toBe(0);
      }
    });
    promised('it asks for a descent: the changes lie against the gradient', async () => {
      const { x, d } = signal();
      const gradient = toTiles(tf.matMul(x, d, true, false), GRID);
      expect((await tf.sum(tf.mul(asks({ x, d }), gradient)).data())[0]).toBeLessThan(0);
    });
    promised('it asks nothing of cells that are not used', async () => {
      const outside = tf.max(tf.abs(tf.mul(asks(), tf.sub(1, usedCells(GRID)))));
      expect((await outside.data())[0]).toBe(0);
    });
    promised('it asks for nothing where there is no gradient, and at a rate of 0', async () => {
      for (const changed of [{ d: tf.zeros<tf.Rank.R2>([BATCH, GRID.outputs]) }, { rate: 0 }]) {
        expect((await tf.max(tf.abs(asks(changed))).data())[0]).toBe(0);
      }
    });
    promised('a batch cut into calls asks for the same, its samples numbered on', async () => {
      const { x, d } = signal();
      const largest = { x: tf.max<tf.Scalar>(tf.abs(x)), d: tf.max<tf.Scalar>(tf.abs(d)) };
      const cut = [
        [0, 2],
        [2, 1],
        [3, BATCH - 3],
      ] as const;
      const parts = cut.map(([first, count]) =>
        asks({ x: x.slice(first, count), d: d.slice(first, count), firstSample: first, largest }),
      );
      const sum = await tf.addN(parts).data();
      (await asks({ x, d, largest }).data()).forEach((c, i) => expect(sum[i]!).toBeCloseTo(c, 5));
    });
    promised('the same samples ask for the same again', async () => {
      expect(Array.from(await asks().data())).toEqual(Array.from(await asks().data()));
    });
    promised('it makes the tensors of its request alone and leaves the signals', () => {
      const given = signal();
      const before = tf.memory().numTensors;
      const request = rule.request(given);
      expect(tf.memory().numTensors).toBe(before + tensorsOf(request).length);
      expect(given.x.isDisposed || given.d.isDisposed).toBe(false);
    });
  });
}
