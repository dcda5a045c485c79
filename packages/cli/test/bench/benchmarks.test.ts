import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { QUICK } from '../../src/bench/benchmark.js';
import type { Engine } from '../../src/bench/engine.js';
import { BENCHMARKS, chooseBenchmarks } from '../../src/bench/benchmarks.js';
import { activateBoth, stockKernel } from '../../src/bench/stock-kernels.js';

let before: unknown;
beforeAll(async () => {
  before = tf.getKernel('BatchMatMul', 'wasm').kernelFunc;
  await activateBoth();
});

const WASM: Engine = { name: 'wasm', calls: 1, settle: async () => undefined };

it('gives every row a name of its own', () => {
  expect(new Set(BENCHMARKS.map(({ name }) => name)).size).toBe(BENCHMARKS.length);
});

it('chooses by words, whatever their case', () => {
  expect(chooseBenchmarks(['MATMUL']).map(({ name }) => name)).toEqual([
    'matMul 512³ NN',
    'matMul 512³ TN',
    'matMul 512³ NT',
  ]);
  expect(chooseBenchmarks([])).toEqual(BENCHMARKS);
  expect(() => chooseBenchmarks(['matmul', 'transistor'])).toThrow('a benchmark is not known');
});

it('keeps a kernel of tfjs that computes the same product with code of its own', async () => {
  const [a, b] = [tf.randomUniform([5, 7], 0, 1, 'float32', 1), tf.randomUniform([7, 3], 0, 1, 'float32', 2)];
  const ours = tf.getKernel('BatchMatMul', 'wasm').kernelFunc;
  const stock = stockKernel('BatchMatMul')({ a, b }, { transposeA: false, transposeB: false });
  const [found, expected] = await Promise.all([stock.data(), tf.matMul(a, b).data()]);
  expect(ours).not.toBe(before);
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
});

it.each(['matMul 512³ NN', 'noise, quantise, clip, philox', 'device expression: saturating step, exp', 'pulsed update 512 × 512, batch 64, aggregated', 'step of MLP 784-256-128-10, batch 10, agad at 0.01'])(
  '%s leaves no tensor behind and gives a figure with its spread',
  async (name) => {
    const before = tf.memory().numTensors;
    const row = await BENCHMARKS.find((one) => one.name === name)!.measure(QUICK, WASM);
    expect(tf.memory().numTensors).toBe(before);
    expect(row.name).toBe(name);
    expect(row.low).toBeGreaterThan(0);
    expect(row.low).toBeLessThanOrEqual(row.median);
    expect(row.median).toBeLessThanOrEqual(row.high);
    expect(row.ratio === undefined).toBe(row.against === undefined);
  },
); // prettier-ignore

it('counts the memory of a step: at least the conductances, two of four bytes a weight', async () => {
  const before = tf.memory().numTensors;
  const row = await BENCHMARKS.find(({ name }) => name.startsWith('peak memory of a step'))!.measure(
    QUICK,
    WASM,
  );
  expect(tf.memory().numTensors).toBe(before);
  expect(row.value).toBeGreaterThan(8);
});

it('leaves out what compares kernels of wasm on another engine', () => {
  const names = chooseBenchmarks([], 'webgpu').map(({ name }) => name);
  expect(names).toContain('effective conductance 64²');
  expect(names).not.toContain('matMul 512³ NN');
});
