import * as tf from '@tensorflow/tfjs';
import {
  add,
  effectiveConductance,
  evaluate,
  input,
  multiply,
  normal,
  randomStream,
  tileOuter,
  tileProduct,
  tileSum,
  type TileGrid,
} from '@txsim/ops';
import { expect, test } from 'vitest';
import { activateWasm, registerKernels } from '../src/index.js';

const events = ['unhandledRejection', 'uncaughtException'] as const;
const counts = (): number[] => events.map((e) => process.listenerCount(e));

test('activation leaves no listeners behind and may be repeated', async () => {
  const before = counts();
  await activateWasm();
  expect(counts()).toEqual(before);
  expect(tf.getBackend()).toBe('wasm');
  const kernel = tf.getKernel('BatchMatMul', 'wasm');
  await activateWasm();
  expect(tf.getKernel('BatchMatMul', 'wasm')).toBe(kernel);
});

test('kernels are not registered on another backend', async () => {
  await tf.setBackend('cpu');
  expect(() => registerKernels()).toThrow('"cpu"');
});

const grid: TileGrid = { inputs: 100, outputs: 60, tileRows: 2, tileColumns: 1, rows: 64, columns: 64 };
const expression = add(multiply(input('g'), input('scale')), multiply(normal('write'), 1e-3));
const lines = { row: 1, column: 1, rowEnd: 1, columnEnd: 1 };

function step(x: tf.Tensor2D, d: tf.Tensor2D, g: tf.Tensor4D, draw: number): void {
  tf.tidy(() => {
    const conductances = effectiveConductance(g, lines);
    const y = tileSum(tileProduct(x, conductances, grid, 'forward'), grid, 'forward');
    tileSum(tileProduct(d, conductances, grid, 'backward'), grid, 'backward');
    tf.matMul(y, y, true, false);
    const noise = { streams: (name: string) => randomStream(1, name), draw };
    evaluate(expression, { g: tileOuter(x, d, grid), scale: tf.scalar(2) }, g.shape, noise);
  });
}

test('a clone shares its data and outlives what it was made of', async () => {
  await activateWasm();
  const before = tf.memory();
  const original = tf.tensor1d([1, 2, 3]);
  const copy = original.clone();
  original.dispose();
  tf.ones([3]).dispose();
  expect([...copy.dataSync()]).toEqual([1, 2, 3]);
  copy.dispose();
  expect(tf.memory().numTensors).toBe(before.numTensors);
  expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
});

test('200 steps use no more memory than the first', async () => {
  await activateWasm();
  const backend = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  const [x, d, g] = [tf.ones([8, 100]), tf.ones([8, 60]), tf.ones([2, 1, 64, 64])] as const;
  const measure = (): number[] => [
    tf.memory().numTensors,
    tf.memory().numBytes,
    backend.wasm.HEAPU8.byteLength,
  ];
  const take = (draw: number): void => step(x as tf.Tensor2D, d as tf.Tensor2D, g as tf.Tensor4D, draw);
  take(0);
  const after = measure();
  for (let draw = 1; draw <= 200; draw++) take(draw);
  expect(measure()).toEqual(after);
});
