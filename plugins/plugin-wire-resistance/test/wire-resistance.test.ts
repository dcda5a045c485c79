import { effectiveMatrix } from '@txsim/circuit-models';
import { make, describePlugin, describeWireModel, uniformNumbers } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { wireResistance } from '../src/index.js';

beforeAll(() => tf.setBackend('cpu'));

/** Of the closed form on small arrays: a fifth of a percent. */
const BOUND = 2e-3;

describePlugin(plugin, { packageJson });

describeWireModel(wireResistance, {
  network: { row: 2.5, column: 2.5, source: 500, sink: 100 },
  bound: BOUND,
});

describeWireModel(wireResistance, {
  config: { method: 'exact' },
  network: { row: 2.5, column: 2.5, source: 500, sink: 100 },
  bound: 1e-5,
});

for (const method of ['aam', 'alpha-beta', 'dmr', 'jeong', 'series'])
  describeWireModel(wireResistance, { config: { method } });

describeWireModel(wireResistance, {
  config: { row: 10, column: 20, source: 300, sink: 50, backward: { source: 50, sink: 300 } },
  network: { row: 10, column: 20, source: 300, sink: 50 },
  backwardNetwork: { row: 10, column: 20, source: 50, sink: 300 },
  bound: BOUND,
});

const ideal = { row: 0, column: 0, source: 0, sink: 0 };
const conductances = (): tf.Tensor4D =>
  tf.tensor4d(uniformNumbers(24, 1e-6, 1e-4).map(Math.fround), [1, 1, 6, 4]);

test('ideal wires leave the conductances', async () => {
  const found = await make(wireResistance, { config: ideal })
    .methods[0].effective(conductances(), 'forward')
    .data();
  expect(Array.from(found)).toEqual(Array.from(await conductances().data()));
});

test('one cell is in series with its lines: Geff = G / (1 + G·(source + row + column + sink))', async () => {
  const model = make(wireResistance, { config: { row: 100, column: 200, source: 300, sink: 400 } });
  const [found] = await model.methods[0].effective(tf.tensor4d([1e-4], [1, 1, 1, 1]), 'forward').data();
  expect(Math.abs(found! / (1e-4 / (1 + 1e-4 * 1000)) - 1)).toBeLessThan(1e-6);
});

test('with ideal rows each bit line is a ladder of its own, solved exactly', async () => {
  const model = make(wireResistance, { config: { ...ideal, column: 50, sink: 100 } });
  const found = await model.methods[0].effective(tf.tensor4d([1e-4, 2e-4], [1, 1, 2, 1]), 'forward').data();
  // Two cells on one bit line: node 0 — 50 Ω — node 1 — 150 Ω — ground, by Kirchhoff's law.
  const [ga, gb, gs, gt] = [1e-4, 2e-4, 1 / 50, 1 / 150];
  const determinant = (ga + gs) * (gb + gs + gt) - gs * gs;
  const current = (i0: number, i1: number): number => (gt * (gs * i0 + (ga + gs) * i1)) / determinant;
  expect(Math.abs(found[0]! / current(ga, 0) - 1)).toBeLessThan(1e-5);
  expect(Math.abs(found[1]! / current(0, gb) - 1)).toBeLessThan(1e-5);
});

test('the same terminations given for backward are no second network', () => {
  const config = { source: 7, sink: 9, backward: { source: 7, sink: 9 } };
  expect(make(wireResistance, { config }).reciprocal).toBe(true);
});

test('the published approximations are those of @txsim/circuit-models', async () => {
  const config = { row: 3, column: 5, source: 40, sink: 20 };
  const cells = [[1e-4, 2e-5, 0], [3e-5, 5e-5, 7e-5]]; // prettier-ignore
  for (const method of ['aam', 'alpha-beta', 'dmr', 'jeong', 'series'] as const) {
    const model = make(wireResistance, { config: { ...config, method } });
    const found = await model.methods[0].effective(tf.tensor4d([[cells]]), 'forward').data();
    const expected = effectiveMatrix(cells, config, method).conductances.flat();
    expected.forEach((g, k) => expect(Math.abs(found[k]! - g)).toBeLessThanOrEqual(1e-5 * Math.max(...expected))); // prettier-ignore
  }
});

test('auto goes from the closed forms to anchors and to the network', () => {
  const names = make(wireResistance).methods.map(({ name }) => name);
  expect(names).toEqual(['ladder', 'ladder2', 'anchored', 'exact']);
});

test('without a probe nothing is watched', () => {
  expect(make(wireResistance, { config: { probe: { every: 0 } } }).probe).toBeUndefined();
  expect(make(wireResistance).probe).toEqual({ every: 100, samples: 4, tolerance: 0.01 });
});
