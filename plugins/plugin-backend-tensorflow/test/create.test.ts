import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTensorflow, type ImportModule } from '../src/index.js';
import { CPU, fakePackage, GPU, importing } from './support.js';

beforeEach(async () => void (await tf.setBackend('cpu')));
afterEach(async () => {
  vi.unstubAllGlobals();
  await tf.setBackend('cpu');
  if (tf.findBackend('tensorflow')) tf.removeBackend('tensorflow');
});

const probe = (importModule: ImportModule) => createTensorflow(importModule).probe();

const fails = (message: string, code?: string) => (): never => {
  throw Object.assign(new Error(message), { code });
};

test('without a package, it says how to install one, also where there is no internet', async () => {
  const said = await probe(importing({}));
  expect(said).toMatchObject({ available: false, reason: `${GPU} and ${CPU} are not installed` });
  const { advice } = said as { advice: string };
  expect(advice).toContain('npm install @tensorflow/tfjs-node@4.22.0');
  expect(advice).toContain('downloads libtensorflow');
  expect(advice).toMatch(/CDN_STORAGE.*TFJS_NODE_BASE_URI/s);
});

test('a package that does not load is named, with the first line of its error, and how to build it', async () => {
  const message = 'libtensorflow.so.2: cannot open shared object file\nRequire stack: …';
  expect(await probe(importing({ [CPU]: fails(message, 'ERR_DLOPEN_FAILED') }))).toEqual({
    available: false,
    reason: `${CPU} is installed but does not load: libtensorflow.so.2: cannot open shared object file`,
    advice: expect.stringContaining(`npm rebuild ${CPU} --build-addon-from-source`),
  });
});

test('a package that lacks a package of its own is there, and does not load', async () => {
  const said = await probe(importing({ [CPU]: fails("Cannot find module 'adm-zip'", 'MODULE_NOT_FOUND') }));
  expect(said).toMatchObject({
    reason: expect.stringContaining("does not load: Cannot find module 'adm-zip'"),
  });
});

test('what throws no Error is told as it is', async () => {
  const said = await probe(() => Promise.reject('no'));
  expect(said).toMatchObject({
    reason: expect.stringContaining(`${CPU} is installed but does not load: no`),
  });
});

test('on the CPU it runs, and auto passes it over', async () => {
  expect(await probe(importing({ [CPU]: fakePackage(false) }))).toEqual({
    available: true,
    detail: `TensorFlow 2.9.1 on the CPU, by ${CPU} 4.22.0`,
    fallback: true,
  });
});

test('with a GPU, auto takes it before wasm', async () => {
  const backend = createTensorflow(importing({ [GPU]: fakePackage(true), [CPU]: fails('not asked for') }));
  expect(await backend.probe()).toEqual({
    available: true,
    detail: `TensorFlow 2.9.1 on the GPU, by ${GPU} 4.22.0`,
    fallback: false,
  });
  expect(backend.priority).toBeGreaterThan(10);
  expect(backend.priority).toBeLessThan(20);
});

test('the GPU package without a GPU says so', async () => {
  expect(await probe(importing({ [GPU]: fakePackage(false) }))).toMatchObject({
    detail: `TensorFlow 2.9.1 on the CPU, by ${GPU} 4.22.0; it found no GPU that it can use`,
    fallback: true,
  });
});

test('where the GPU package does not load, the other one is taken and the reason told', async () => {
  const said = await probe(
    importing({ [GPU]: fails('libcudart.so.11.0: no such file'), [CPU]: fakePackage(false) }),
  );
  expect(said).toMatchObject({
    available: true,
    detail: expect.stringContaining(`${GPU} is installed but does not load: libcudart.so.11.0`),
  });
});

test.each([
  ['engine', { engine: () => ({}) }],
  ['version', { version_core: '4.10.0' }],
])('a package on another copy of tfjs-core (another %s) is refused', async (_, exported) => {
  const backend = createTensorflow(importing({ [CPU]: fakePackage(false, exported) }));
  expect(await backend.probe()).toMatchObject({
    reason: expect.stringContaining('another copy of tfjs-core'),
  });
  await expect(backend.activate()).rejects.toThrow(
    /another copy of tfjs-core.*npm ls @tensorflow\/tfjs-core/s,
  );
});

test('a probe leaves the current backend and the settings of tfjs as they were', async () => {
  await probe(importing({ [CPU]: fakePackage(false) }));
  expect(tf.getBackend()).toBe('cpu');
  expect(tf.env().getBool('PROD')).toBe(false);
});

test('activation makes it current and registers the kernels; it may be repeated', async () => {
  const backend = createTensorflow(importing({ [CPU]: fakePackage(false) }));
  await backend.activate();
  expect(tf.getBackend()).toBe('tensorflow');
  const kernel = tf.getKernel('TxEffectiveConductance', 'tensorflow');
  expect(kernel).toBeDefined();
  await backend.activate();
  expect(tf.getKernel('TxEffectiveConductance', 'tensorflow')).toBe(kernel);
});

test('activation without a package throws what the probe says', async () => {
  await expect(createTensorflow(importing({})).activate()).rejects.toThrow(/are not installed; npm install/);
});

test('elsewhere than in Node, nothing is imported', async () => {
  vi.stubGlobal('process', { versions: {} });
  const said = await probe(fails('imported') as unknown as ImportModule);
  vi.unstubAllGlobals();
  expect(said).toMatchObject({ available: false, reason: 'tfjs-node runs in Node only' });
});
