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
import { activateWebgpu, releaseWebgpu, webgpu } from '../src/index.js';
import { runShader } from '../src/kernels/shader.js';
import { adapter, missing, onWebgpu } from './support.js';

if (missing) console.warn(`plugin-backend-webgpu: the tests are skipped: ${missing}`);
else console.log(adapter);

test('a probe says what it found, or what to do', async () => {
  const said = await webgpu.create({} as never).probe();
  if (said.available) expect(said.detail).toContain('WebGPU');
  else expect(`${said.reason}; ${said.advice}`).toBe(missing);
});

const grid: TileGrid = { inputs: 100, outputs: 60, tileRows: 2, tileColumns: 1, rows: 64, columns: 64 };
const expression = add(multiply(input('g'), input('scale')), multiply(normal('write'), 1e-3));
const lines = { row: 1, column: 1, rowEnd: 1, columnEnd: 1 };

function step(x: tf.Tensor2D, d: tf.Tensor2D, g: tf.Tensor4D, draw: number): tf.Tensor {
  return tf.tidy(() => {
    const conductances = effectiveConductance(g, lines);
    const y = tileSum(tileProduct(x, conductances, grid, 'forward'), grid, 'forward');
    const back = tileSum(tileProduct(d, conductances, grid, 'backward'), grid, 'backward');
    const noise = { streams: (name: string) => randomStream(1, name), draw };
    const next = evaluate(expression, { g: tileOuter(x, d, grid), scale: tf.scalar(2) }, g.shape, noise);
    return tf.add(tf.sum(y), tf.add(tf.sum(back), tf.sum(next)));
  });
}

const memory = (): tf.MemoryInfo & { numBytesAllocatedInGPU: number } =>
  tf.memory() as tf.MemoryInfo & { numBytesAllocatedInGPU: number };

onWebgpu('backend', () => {
  test('activation may be repeated', async () => {
    expect(tf.getBackend()).toBe('webgpu');
    const kernel = tf.getKernel('TxEvaluate', 'webgpu');
    expect(kernel).toBeDefined();
    await activateWebgpu();
    expect(tf.getKernel('TxEvaluate', 'webgpu')).toBe(kernel);
  });

  test('100 steps use no more memory than the first', async () => {
    const [x, d, g] = [tf.ones([8, 100]), tf.ones([8, 60]), tf.ones([2, 1, 64, 64])] as const;
    const take = async (draw: number): Promise<void> => {
      const out = step(x as tf.Tensor2D, d as tf.Tensor2D, g as tf.Tensor4D, draw);
      await out.data();
      out.dispose();
    };
    const measure = (): number[] => [memory().numTensors, memory().numBytes, memory().numBytesAllocatedInGPU];
    for (let draw = 0; draw < 3; draw++) await take(draw);
    const after = measure();
    for (let draw = 3; draw <= 100; draw++) await take(draw);
    expect(measure()).toEqual(after);
  });

  test('what is read after an invalid program is an error, not zeros', async () => {
    const x = tf.ones([3]);
    const backend = tf.backend() as never;
    const invalid = {
      code: 'fn main(index : i32) { nonsense; }',
      workgroups: 1,
      workgroupSize: 64,
      inputs: { x },
      shape: [3],
    };
    const result = tf.engine().makeTensorFromTensorInfo(runShader(backend, invalid));
    await expect(result.data()).rejects.toThrow('plugin-backend-webgpu: the device refused a program');
    releaseWebgpu();
    await activateWebgpu();
    expect(Array.from(await tf.ones([2]).data())).toEqual([1, 1]);
  });

  test('a backend that was released starts again', async () => {
    releaseWebgpu();
    expect(tf.findBackend('webgpu')).toBeNull();
    await activateWebgpu();
    expect(Array.from(await tf.add(tf.ones([3]), 1).data())).toEqual([2, 2, 2]);
  });
});
