import type { DeviceModel, StackInput } from '@txsim/core';
import {
  add,
  convolutionGeometry,
  input,
  multiply,
  normal,
  select,
  subtract,
  toTiles,
  unfold,
} from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CrossbarConvolution, LearningMatrix } from '../src/index.js';
import { gaussian, labArrays, labMatrix, values } from '../../../test/support/laboratory.js';
import { Z, zOfMean, zOfVariance } from '../../../test/support/statistics.js';

beforeAll(activateWasm);

const [G_MIN, G_MAX, STEP] = [1, 3, 0.01];

/** ± a step of its own for each device, with cycle-to-cycle noise. */
const constantStep = (cycleToCycle = 0, deviceToDevice = 0): DeviceModel => ({
  gMin: G_MIN,
  gMax: G_MAX,
  perDevice: { scale: add(1, multiply(deviceToDevice, normal('scale'))) },
  respond: ({ g, request }) => add(g, request),
  pulse: ({ g, up }) =>
    add(g, multiply(select(up, STEP, -STEP), input('scale'), add(1, multiply(cycleToCycle, normal('c2c'))))),
  pulseStep: STEP,
});

const softBounds: DeviceModel = {
  ...constantStep(),
  perDevice: {},
  pulse: ({ g, up }) => add(g, multiply(STEP, subtract(select(up, G_MAX, G_MIN), g))),
};

type Arrays = Partial<StackInput['stack']>;

const make = (
  device: DeviceModel,
  weights: number[][] | tf.Tensor2D,
  arrays: Arrays = {},
): Promise<LearningMatrix> => {
  const model = labArrays({ updateRule: { use: 'trainers/pulsed-sgd' }, ...arrays });
  return LearningMatrix.create(
    { ...model, device: { label: 'test/device', product: device } },
    { name: 'matrix', weights: weights instanceof tf.Tensor ? weights : tf.tensor2d(weights) },
  );
};
const mapping = (sides: 'one' | 'two', more: Record<string, unknown> = {}) => ({ use: 'mapping', sides, weightRange: 1, ...more }); // prettier-ignore

/** Trains in which all lines fire in the first `slots` slots, in one sample. */
const all = (lines: number, slots: number, sign: 1 | -1 = 1): tf.Tensor2D =>
  tf.fill([1, lines], 2 ** slots - 1 - (sign < 0 ? 2 ** 31 : 0), 'int32');
const pulse = (matrix: LearningMatrix, direction: 'up' | 'down', slots: number): void => {
  const d = all(matrix.grid.outputs, slots, direction === 'up' ? -1 : 1);
  matrix.write({ kind: 'trains', x: all(matrix.grid.inputs, slots), d, firstSample: 0 });
};

describe('a pulse on a pair', () => {
  // A weight of 1 is a window of 2 S, so a step of one device is a weight of .005.
  const W = STEP / (G_MAX - G_MIN);

  test('one-sided: takes back first, then potentiates', async () => {
    const matrix = await make(constantStep(), [[-2.5 * W]], { mapping: mapping('one') });
    const near = (p: number, m: number): void => {
      const [plus, minus] = matrix.state.map((t) => values(t)[7 * t.shape[3]]!);
      expect(plus! - G_MIN).toBeCloseTo(p * STEP, 6);
      expect(minus! - G_MIN).toBeCloseTo(m * STEP, 6);
    };
    near(0, 2.5);
    pulse(matrix, 'up', 2);
    near(0, 0.5);
    // Half a step above gMin counts as nothing to take back.
    pulse(matrix, 'up', 3);
    near(3, 0.5);
    pulse(matrix, 'down', 4);
    near(0, 1.5);
  });

  test('two-sided: both devices, in opposite directions', async () => {
    const matrix = await make(constantStep(), [[0.1]], { mapping: mapping('two') });
    pulse(matrix, 'up', 3);
    expect(values(matrix.read())[0]).toBeCloseTo(0.1 + 3 * 2 * W, 5);
    pulse(matrix, 'down', 5);
    expect(values(matrix.read())[0]).toBeCloseTo(0.1 - 2 * 2 * W, 5);
  });

  test('net counts write what counts up and down write', async () => {
    const weights = gaussian([9, 7], 3).mul(0.05) as tf.Tensor2D;
    const [a, b] = [await make(softBounds, weights), await make(softBounds, weights)];
    const pulses = toTiles(tf.round(gaussian([9, 7], 4).mul(3)) as tf.Tensor2D, a.grid);
    a.write({ kind: 'counts', up: tf.relu(pulses), down: tf.relu(tf.neg(pulses)) });
    b.write({ kind: 'net', pulses });
    expect(values(tf.max(tf.abs(tf.sub(a.read(), b.read()))))[0]).toBeLessThan(1e-6);
  });

  test.each(['one', 'two'] as const)('%s-sided: counts write what trains write, where steps are constant', async (sides) => {
    const weights = gaussian([9, 7], 3).mul(0.05) as tf.Tensor2D;
    const [a, b] = [
      await make(constantStep(), weights, { mapping: mapping(sides) }),
      await make(constantStep(), weights, { mapping: mapping(sides) }),
    ];
    pulse(a, 'up', 9);
    const up = toTiles(tf.fill([9, 7], 9), b.grid);
    b.write({ kind: 'counts', up, down: tf.zerosLike(up) });
    // Rounding of single steps, and of the weight at which a pulse turns from one device to the other: half a step.
    const apart = tf.max(tf.abs(tf.sub(a.read(), b.read())));
    expect(values(apart)[0]).toBeLessThan(sides === 'one' ? W / 2 + 1e-5 : 1e-5);
  }); // prettier-ignore

  test('an ideal update takes pulses as ideal steps', async () => {
    const model = labArrays({ mapping: mapping('two') }, { operations: { update: 'digital' } });
    const matrix = await LearningMatrix.create(
      { ...model, device: { label: 'test/device', product: softBounds } },
      { name: 'matrix', weights: tf.tensor2d([[0.3]]) },
    );
    pulse(matrix, 'up', 2);
    expect(values(matrix.read())[0]).toBeCloseTo(0.3 + 4 * W, 5);
  });

  test('per-device parameters are those of the device that is pulsed', async () => {
    // Far enough from 0, so that no step is cut off at gMin.
    const weights = tf.sign(gaussian([20, 20], 1)).mul(0.3) as tf.Tensor2D;
    const matrix = await make(constantStep(0, 0.3), weights, { mapping: mapping('one') });
    const steps = (direction: 'up' | 'down'): number[] => {
      const before = matrix.state.map(values);
      pulse(matrix, direction, 1);
      return matrix.state.flatMap((t, p) => values(t).map((g, i) => Math.abs(g - before[p]![i]!)));
    };
    const forth = steps('up');
    const back = steps('down');
    // Where the same device goes forth and back, by steps of one size.
    const same = forth.filter((s, i) => s > 1e-4 && back[i]! > 1e-4);
    expect(same.length).toBeGreaterThan(200);
    forth.forEach((s, i) => {
      if (s > 1e-4 && back[i]! > 1e-4) expect(s).toBeCloseTo(back[i]!, 5);
    });
  });
});

describe('noise', () => {
  const SIZE = 128;
  const far = { mapping: mapping('two', { rows: 64, columns: 64 }) };

  test(`cycle-to-cycle noise of n pulses has n times the variance of one, as trains and as counts, ${SIZE ** 2} weights`, async () => {
    for (const kind of ['trains', 'counts'] as const) {
      const matrix = await make(constantStep(0.3), tf.zeros([SIZE, SIZE]), far);
      const n = 12;
      if (kind === 'trains') pulse(matrix, 'up', n);
      else {
        const up = toTiles(tf.fill([SIZE, SIZE], n), matrix.grid);
        matrix.write({ kind, up, down: tf.zerosLike(up) });
      }
      const step = (2 * STEP) / (G_MAX - G_MIN);
      const changed = values(matrix.read());
      // Two devices with noise of their own: variance 2 · n · (.3 · step/2)².
      const sigma = 0.3 * (step / 2) * Math.sqrt(2 * n);
      expect(Math.abs(zOfMean(changed, n * step, sigma))).toBeLessThan(Z);
      expect(Math.abs(zOfVariance(changed, n * step, sigma))).toBeLessThan(Z);
    }
  });

  test(`write noise falls on every pulse of trains, ${SIZE ** 2} weights`, async () => {
    const noisy = { ...far, nonIdealities: [{ use: 'write-noise', definition: 'range-relative' as const, gamma: 0.1 }] };
    const matrix = await make(constantStep(), tf.zeros([SIZE, SIZE]), noisy);
    const n = 9;
    pulse(matrix, 'up', n);
    const step = (2 * STEP) / (G_MAX - G_MIN);
    // .1 % of the range per pulse and device, in units of wMax = range.
    const sigma = 1e-3 * Math.sqrt(2 * n);
    expect(Math.abs(zOfVariance(values(matrix.read()), n * step, sigma))).toBeLessThan(Z);
  }); // prettier-ignore

  test(`write noise falls once on a burst, ${SIZE ** 2} weights`, async () => {
    const noisy = { ...far, nonIdealities: [{ use: 'write-noise', definition: 'range-relative' as const, gamma: 0.1 }] };
    const matrix = await make(constantStep(), tf.zeros([SIZE, SIZE]), noisy);
    const up = toTiles(tf.fill([SIZE, SIZE], 9), matrix.grid);
    matrix.write({ kind: 'counts', up, down: tf.zerosLike(up) });
    const step = (2 * STEP) / (G_MAX - G_MIN);
    expect(Math.abs(zOfVariance(values(matrix.read()), 9 * step, 1e-3 * Math.SQRT2))).toBeLessThan(Z);
  }); // prettier-ignore
});

describe('a batch', () => {
  const rate = 0.05;
  const start = (arrays: Arrays = {}): Promise<LearningMatrix> =>
    make(constantStep(0.3, 0.3), gaussian([13, 9]).mul(0.2) as tf.Tensor2D, {
      mapping: mapping('one', { rows: 8, columns: 8 }),
      nonIdealities: [{ use: 'write-noise' }],
      ...arrays,
    });
  let [x, d] = [] as unknown as [tf.Tensor2D, tf.Tensor2D];
  beforeAll(() => {
    [x, d] = [gaussian([40, 13], 5), gaussian([40, 9], 6).mul(0.1) as tf.Tensor2D];
  });

  test('cut into calls leaves the devices in the same state, to the bit', async () => {
    const [whole, cut] = [await start(), await start()];
    whole.update(x, d, rate);
    cut.learn({
      rate,
      samples: 40,
      largest: () => ({ x: tf.max(tf.abs(x)), d: tf.max(tf.abs(d)) }),
      forEachPart: (visit) => {
        for (const [from, count] of [[0, 1], [1, 32], [33, 7]] as const)
          visit(x.slice(from, count), d.slice(from, count));
      }, // prettier-ignore
    });
    expect(cut.state.map(values)).toEqual(whole.state.map(values));
  });

  test('is numbered on: a saved matrix goes on to the bit', async () => {
    const [first, second] = [await start(), await start()];
    second.update(x, d, rate);
    first.update(tf.matMul(d, gaussian([9, 13], 1)), d, rate);
    await second.load(first.save());
    for (const matrix of [first, second]) matrix.update(x, d, rate);
    expect(second.state.map(values)).toEqual(first.state.map(values));
  });

  test('aggregated and exact agree in the mean where steps are constant', async () => {
    const changes = async (application: string): Promise<tf.Tensor> => {
      const matrix = await make(constantStep(), tf.zeros([13, 9]), {
        mapping: mapping('two'),
        updateRule: { use: 'trainers/pulsed-sgd', application },
      });
      matrix.update(x, d, rate);
      return matrix.read();
    };
    expect(values(tf.max(tf.abs(tf.sub(await changes('exact'), await changes('aggregated')))))[0]).toBeLessThan(1e-5); // prettier-ignore
  });

  test('of no samples changes nothing', async () => {
    const matrix = await start();
    const before = matrix.state.map(values);
    matrix.update(tf.zeros([0, 13]), tf.zeros([0, 9]), rate);
    expect(matrix.state.map(values)).toEqual(before);
  });

  test.each(['exact', 'aggregated'])('leaves no tensors behind, %s', async (application) => {
    const matrix = await start({ updateRule: { use: 'trainers/pulsed-sgd', application } });
    matrix.update(x, d, rate);
    const before = tf.memory();
    for (let i = 0; i < 5; i++) matrix.update(x, d, rate);
    expect([tf.memory().numTensors, tf.memory().numBytes]).toEqual([before.numTensors, before.numBytes]);
  });
});

describe('on tfjs alone', () => {
  beforeEach(() => () => tf.setBackend('wasm'));

  test.each(['exact', 'aggregated'])('a pair ends as it does with the kernels, %s', async (application) => {
    const run = async (backend: string): Promise<number[]> => {
      await tf.setBackend(backend);
      const matrix = await make(constantStep(0.3, 0.3), gaussian([5, 3]).mul(0.2) as tf.Tensor2D, {
        updateRule: { use: 'trainers/pulsed-sgd', application },
      });
      matrix.update(gaussian([4, 5], 5), gaussian([4, 3], 6).mul(0.1) as tf.Tensor2D, 0.05);
      return matrix.state.flatMap(values);
    };
    const [cpu, wasm] = [await run('cpu'), await run('wasm')];
    wasm.forEach((g, i) => expect(Math.abs(g - cpu[i]!)).toBeLessThan(1e-5));
  });
});

test('a convolution is updated image by image, position by position, as the matrix of its patches', async () => {
  const geometry = convolutionGeometry([5, 4, 2], [2, 3], [1, 1], [1, 1], 'valid');
  const weights = gaussian([12, 3]).mul(0.2) as tf.Tensor2D;
  const [matrix, flat] = [await make(constantStep(0.3), weights), await make(constantStep(0.3), weights)];
  const images = gaussian([6, 40], 5).reshape<tf.Tensor4D>([6, 5, 4, 2]);
  const errors = gaussian([6 * 8, 3], 6).mul(0.1) as tf.Tensor2D;
  const convolution = new CrossbarConvolution(matrix, geometry);
  convolution.update(images, errors.reshape([6, 4, 2, 3]), 0.05);
  flat.update(unfold(images, geometry), errors, 0.05);
  expect(matrix.state.map(values)).toEqual(flat.state.map(values));
});

describe('what takes no pulses', () => {
  test('a device that does not know them is a message that names it', async () => {
    const { gMin, gMax, respond } = constantStep();
    const device = { gMin, gMax, respond };
    await expect(make(device, [[0.1]])).rejects.toThrow(/UPDATE_UNSUPPORTED \[trainers\/pulsed-sgd\]/);
    const matrix = await make(device, [[0.1]], { updateRule: { use: 'trainers/outer-product' } });
    expect(() => pulse(matrix, 'up', 1)).toThrow(/UPDATE_UNSUPPORTED \[test\/device\]/);
  });

  test('a rule without pulses works on every device', async () => {
    const matrix = await labMatrix([[0.1]], { updateRule: { use: 'trainers/pulsed-sgd', pulses: 'none' } });
    matrix.update(tf.ones([1, 1]), tf.ones([1, 1]), 0.1);
    expect(values(matrix.read())[0]).toBeCloseTo(0, 5);
  });
});
