import { activateWasm } from '@txsim/plugin-backend-wasm';
import { compose, type StackInput } from '@txsim/core';
import { fromTiles, toTiles } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { arrayModel, LearningMatrix } from '../src/index.js';
import { gaussian, labArrays, laboratory, labStack, values } from '../../../test/support/laboratory.js';

beforeAll(activateWasm);

const STEP = 0.002;
/** 500 steps from −1 to 1, on both devices of a pair; a weight of 1 is half of a window. */
const arrays = (more: Partial<StackInput['stack']> = {}): Partial<StackInput['stack']> => ({
  device: { use: 'device-models/constant-step', wMin: -1, wMax: 1, dw: 2 * STEP },
  mapping: { use: 'mapping', sides: 'two', weightRange: 1, rows: 16, columns: 16 },
  updateRule: { use: 'trainers/pulsed-sgd' },
  countPulses: true,
  ...more,
});
const make = (more: Partial<StackInput['stack']> = {}, weights = tf.zeros<tf.Rank.R2>([20, 12])) =>
  LearningMatrix.create(labArrays(arrays(more)), { name: 'matrix', weights });

const SHAPE: [number, number] = [20, 12];
/** Trains in which all lines fire in the first slots. */
const all = (lines: number, slots: number, sign: 1 | -1 = 1): tf.Tensor2D =>
  tf.fill([1, lines], 2 ** slots - 1 - (sign < 0 ? 2 ** 31 : 0), 'int32');
const trains = (slots: number, direction: 'up' | 'down') => ({
  kind: 'trains' as const,
  x: all(SHAPE[0], slots),
  d: all(SHAPE[1], slots, direction === 'up' ? -1 : 1),
  firstSample: 0,
});
const counts = (matrix: LearningMatrix, up: number, down: number) => ({
  kind: 'counts' as const,
  up: toTiles(tf.fill(SHAPE, up), matrix.grid),
  down: toTiles(tf.fill(SHAPE, down), matrix.grid),
});

describe('counters of pulses', () => {
  test('trains, counts and changes of the same size count the same, and constant steps are fully effective', async () => {
    const written: ((m: LearningMatrix) => void)[] = [
      (m) => m.write(trains(7, 'up')),
      (m) => m.write(counts(m, 7, 0)),
      // Each device of a pair takes half of the change.
      (m) => m.write({ kind: 'delta', delta: toTiles(tf.fill(SHAPE, 7 * 2 * STEP), m.grid) }),
    ];
    for (const write of written) {
      const matrix = await make();
      write(matrix);
      const { pulses, saturation } = await matrix.snapshot();
      expect(pulses!.total / (7 * 2 * 20 * 12)).toBeCloseTo(1, 5);
      expect([pulses!.mean, pulses!.median, pulses!.largest]).toEqual([7, 7, 7].map((n) => expect.closeTo(n, 4))); // prettier-ignore
      expect(pulses!.efficiency).toBeCloseTo(1, 3);
      expect(saturation).toEqual({ gMin: 0, gMax: 0 });
      matrix.dispose();
    }
  });

  test('pulses at the end of the window count and change nothing', async () => {
    const matrix = await make({}, tf.fill(SHAPE, 1));
    for (let i = 0; i < 2; i++) matrix.write(trains(31, 'up'));
    const { pulses, saturation } = await matrix.snapshot();
    expect(pulses!.mean).toBe(62);
    expect(pulses!.efficiency).toBeCloseTo(0, 5);
    // Of each pair one device is at each end.
    expect(saturation).toEqual({ gMin: 0.5, gMax: 0.5 });
  });

  test('a one-sided pair: the pulses of a weight are those of its two devices', async () => {
    const mapping = { use: 'mapping', sides: 'one', weightRange: 1, rows: 16, columns: 16 };
    for (const kind of ['trains', 'counts']) {
      const matrix = await make({ mapping }, gaussian(SHAPE, 2).mul(0.02) as tf.Tensor2D);
      matrix.write(kind === 'trains' ? trains(20, 'up') : counts(matrix, 20, 0));
      const [plus, minus] = matrix.counters.map((t) => t.sum().dataSync()[0]!);
      expect((plus! + minus!) / (20 * SHAPE[0] * SHAPE[1])).toBeCloseTo(1, 3);
      matrix.dispose();
    }
  });

  test('counting changes no state, costs nothing where it is off, and keeps its memory', async () => {
    const weights = gaussian(SHAPE, 2).mul(0.3) as tf.Tensor2D;
    const noisy = { device: { use: 'device-models/soft-bounds', dw: 0.01, cycleToCycle: 0.3 } };
    const [on, off] = [await make(noisy, weights), await make({ ...noisy, countPulses: false }, weights)];
    expect(off.counters).toEqual([]);
    const [x, d] = [gaussian([8, 20], 3), gaussian([8, 12], 4)];
    for (const m of [on, off]) m.update(x, d, 0.01);
    on.state.forEach((g, p) => expect(values(g)).toEqual(values(off.state[p]!)));
    const before = tf.memory();
    for (let i = 0; i < 5; i++) on.update(x, d, 0.01);
    expect(tf.memory().numBytes).toBe(before.numBytes);
    expect(tf.memory().numTensors).toBe(before.numTensors);
  });

  test('they survive saving and loading, and begin anew with programming', async () => {
    const matrix = await make();
    matrix.write(trains(5, 'up'));
    const saved = matrix.save();
    const other = await make();
    await other.load(saved);
    expect((await other.snapshot()).pulses!.mean).toBe(5);
    other.program(tf.zeros(SHAPE));
    expect((await other.snapshot()).pulses!.mean).toBe(0);
  });

  test('a batch may be cut into calls anywhere', async () => {
    const [x, d] = [gaussian([8, 20], 3), gaussian([8, 12], 4)];
    const counted = async (cuts: readonly number[]): Promise<number[][]> => {
      const matrix = await make({ updateRule: { use: 'trainers/pulsed-sgd', manageBitLength: false, manageUpdate: false } }); // prettier-ignore
      for (const [i, from] of cuts.entries()) {
        const size = (cuts[i + 1] ?? 8) - from;
        matrix.update(x.slice(from, size), d.slice(from, size), 0.01);
      }
      return matrix.counters.map(values);
    };
    expect(await counted([0, 3, 4])).toEqual(await counted([0]));
  });
});

describe('what is known or counted of each device reaches non-idealities', () => {
  test('endurance: counting begins by itself, and the window has halved after N pulses', async () => {
    const worn = { use: 'endurance', pulses: 124, slope: 1, meeting: 0 };
    const matrix = await make({ countPulses: undefined, nonIdealities: [worn] }, tf.zeros(SHAPE));
    expect(matrix.counters).toHaveLength(4);
    // Up to the end and on: the next pulse finds the device with 5 · 31 − 1 pulses behind it.
    for (let i = 0; i < 5; i++) matrix.write(trains(31, 'up'));
    const used = matrix.state[0]!.max().dataSync()[0]!;
    const left = 1 / (1 + (5 * 31 - 1) / 124);
    expect((used - 1e-6) / 9e-6).toBeCloseTo(left, 4);
  });

  test('a map of faults: the devices that it names do not move, in training and in what is read', async () => {
    const map =
      'matrix,plane,input,output,held\nmatrix,0,3,2,gMax\nmatrix,1,19,11,2e-6\nelsewhere,0,0,0,gMin\n';
    const host = { readFile: async () => new TextEncoder().encode(map) };
    const stack = labStack(arrays({ nonIdealities: [{ use: 'stuck-devices/map' }] }));
    const model = arrayModel(compose(stack, laboratory(), host));
    const matrix = await LearningMatrix.create(model, { name: 'matrix', weights: tf.zeros(SHAPE) });
    const at = (plane: number, input: number, output: number): number =>
      (fromTiles(matrix.state[plane]!, matrix.grid).arraySync() as number[][])[input]![output]!;
    for (let i = 0; i < 2; i++) {
      expect(at(0, 3, 2)).toBeCloseTo(1e-5, 10);
      expect(at(1, 19, 11)).toBeCloseTo(2e-6, 10);
      matrix.write(trains(20, 'down'));
    }
    expect(at(0, 3, 3)).toBeLessThan(5.4e-6);
    expect(at(1, 3, 2)).toBeGreaterThan(5.6e-6);
  });
});
