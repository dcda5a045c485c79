import { describeNetwork, describePlugin, make } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { mlp } from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

describePlugin(plugin, { packageJson });
describeNetwork(mlp, { config: { units: [9, 6] } });
describeNetwork(mlp, { config: { units: [], bias: false } });
describeNetwork(mlp, { config: { units: [5], activation: 'tanh' } });
describeNetwork(mlp, { config: { units: [5], initial: 'fan-in' } });

const TASK = { inputShape: [6, 5], classes: 4 };
const build = (config: Record<string, unknown>): tf.LayersModel =>
  make(mlp, { config }).build(TASK) as tf.LayersModel;

describe('layers', () => {
  test('have the widths that were asked for, the last one that of the classes', () => {
    const dense = build({ units: [9, 6] }).layers.filter((layer) => layer.getClassName() === 'Dense');
    expect(dense.map((layer) => layer.name)).toEqual(['dense_1', 'dense_2', 'dense_3']);
    expect(dense.map((layer) => layer.outputShape)).toEqual([[null, 9], [null, 6], [null, 4]]); // prettier-ignore
  });

  test.each(['relu', 'sigmoid', 'tanh'])(
    'hidden ones have the activation %s, the last one is linear',
    (activation) => {
      const dense = build({ units: [9, 6], activation }).layers.filter((l) => l.getClassName() === 'Dense');
      expect(dense.map((layer) => layer.getConfig()['activation'])).toEqual([
        activation,
        activation,
        'linear',
      ]);
    },
  );

  test('have no bias where none is wanted, and else one of zeros', async () => {
    expect(build({ units: [3], bias: false }).weights).toHaveLength(2);
    const [, bias] = build({ units: [3] }).layers[1]!.getWeights();
    expect(Array.from(await bias!.data())).toEqual([0, 0, 0]);
  });
});

describe('initial weights', () => {
  const kernels = async (config: Record<string, unknown>) => {
    const weights = build(config).weights.filter((w) => w.shape.length === 2);
    return Promise.all(
      weights.map(async (w) => ({ shape: w.shape as number[], values: await w.read().data() })),
    );
  };

  /** That n ≥ 800 values are U(−limit, limit). */
  const expectUniform = (values: readonly number[], limit: number): void => {
    const largest = Math.max(...values.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    // All n values inside 98 % of the interval: a chance below 1e-7 for n ≥ 800.
    expect(largest).toBeGreaterThan(0.98 * limit);
    const variance = values.reduce((sum, w) => sum + w * w, 0) / values.length;
    // Var(w²) of U(−l, l) is 4l⁴/45.
    const z = (variance - limit ** 2 / 3) / (limit ** 2 * Math.sqrt(4 / 45 / values.length));
    expect(Math.abs(z)).toBeLessThan(4.5);
  };

  test('n = 30·200 + 200·4: fill U(−l, l), l = √(6 / (inputs + outputs)), to the edge and not beyond', async () => {
    for (const { shape, values } of await kernels({ units: [200] }))
      expectUniform(Array.from(values), Math.sqrt(6 / (shape[0]! + shape[1]!)));
  });

  test('n = 30·200 + 200 + 200·4 + 4: by fan-in, weights and biases fill U(±1/√inputs), kernels to the edge', async () => {
    const weights = build({ units: [200], initial: 'fan-in' }).weights;
    const inputs = [30, 30, 200, 200];
    expect(weights).toHaveLength(inputs.length);
    for (const [k, weight] of weights.entries()) {
      const values = Array.from(await weight.read().data());
      const limit = 1 / Math.sqrt(inputs[k]!);
      expect(new Set(values).size).toBeGreaterThan(values.length / 2);
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(limit);
      if (values.length >= 800) expectUniform(values, limit);
    }
  });

  test('layers of the same shape differ', async () => {
    const [, second, third] = await kernels({ units: [8, 8, 8] });
    expect(third!.values).not.toEqual(second!.values);
  });
});
