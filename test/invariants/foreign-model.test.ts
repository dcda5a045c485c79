import { activateWasm } from '@txsim/plugin-backend-wasm';
import { convertToAnalog } from '@txsim/layers';
import type { StackInput } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { labArrays, values } from '../support/laboratory.js';

/**
 * The super-resolution network of the npm package `@upscalerjs/default-model` 1.0.0 (MIT, K. Scott): a residual dense
 * network of twelve convolutions, made with Keras and saved as a tfjs layers model, for images of any size.
 */
async function foreignModel(): Promise<tf.LayersModel> {
  const folder = new URL('../../node_modules/@upscalerjs/default-model/models/', import.meta.url);
  const saved = JSON.parse(await readFile(new URL('model.json', folder), 'utf8')) as tf.io.ModelJSON;
  const [group] = saved.weightsManifest!;
  const weights = await readFile(new URL(group!.paths[0]!, folder));
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: saved.modelTopology,
      weightSpecs: group!.weights,
      weightData: new Uint8Array(weights).buffer,
    }),
  );
}

const SIZE = 16;

/** An image of twice the size, in bytes: a disc, a bar and a slope, each of a colour, with soft edges. */
function scene(): tf.Tensor4D {
  const soft = (distance: number): number => 1 / (1 + Math.exp(2 * distance));
  return tf.tidy(() => {
    const pixels = Array.from({ length: 2 * SIZE }, (_, y) =>
      Array.from({ length: 2 * SIZE }, (__, x) => {
        const disc = soft(Math.hypot(x - 11, y - 12) - 7);
        const bar = soft(Math.abs(x + y - 40) - 3);
        return [0.1 + 0.7 * disc, 0.2 + 0.6 * bar, (x + y) / (4 * SIZE)].map((v) => 255 * Math.min(v, 1));
      }),
    );
    return tf.tensor4d([pixels]);
  });
}

let model: tf.LayersModel;
let sharp: tf.Tensor4D;
let small: tf.Tensor4D;
let digital: number[];

beforeAll(async () => {
  await activateWasm();
  model = await foreignModel();
  sharp = scene();
  small = tf.avgPool(sharp, 2, 2, 'valid');
  digital = values(model.predict(small) as tf.Tensor);
});

/** Peak signal to noise, dB, of an enlarged image. */
function fidelity(found: readonly number[]): number {
  const wanted = values(sharp);
  const error = found.reduce((sum, v, i) => sum + (v - wanted[i]!) ** 2, 0) / found.length;
  return 10 * Math.log10(255 ** 2 / error);
}

async function enlarged(arrays: Partial<StackInput['stack']>): Promise<number[]> {
  const analog = await convertToAnalog(model, labArrays(arrays), { inputShape: [SIZE, SIZE, 3] });
  expect(analog.matrices).toHaveLength(12);
  expect(analog.digital).toEqual([]);
  for (const matrix of analog.matrices) matrix.observe();
  tf.dispose(analog.network.predict(small));
  for (const matrix of analog.matrices) await matrix.settle();
  const found = values(analog.network.predict(small) as tf.Tensor);
  analog.dispose();
  return found;
}

describe('a network of somebody else, from an npm package', () => {
  test('on ideal arrays it has the same outputs to 1e-5, and the same fidelity', async () => {
    const found = await enlarged({});
    expect(Math.abs(fidelity(found) - fidelity(digital))).toBeLessThan(1e-3);
    const largest = Math.max(...digital.map(Math.abs));
    found.forEach((v, i) => expect(Math.abs(v - digital[i]!)).toBeLessThan(1e-5 * largest));
  });

  const LOSSES: readonly [string, Partial<StackInput['stack']>][] = [
    ['converters of 5 bits', { dac: { use: 'circuit-models/uniform-dac', bits: 5 }, adc: { use: 'circuit-models/uniform-adc', bits: 5 } }], // prettier-ignore
    ['devices that differ', { nonIdealities: [{ use: 'device-variation', sigma: 0.1 }] }],
    ['read noise', { nonIdealities: [{ use: 'read-noise', sigma: 0.02 }] }],
    ['wires', { wire: { use: 'wire-resistance', row: 10, column: 10, source: 500, sink: 100 } }],
  ];
  test.each(LOSSES)('with %s it loses fidelity to the sharp image', async (_, parts) => {
    const device = { use: 'device-models/ideal', gMin: 1e-6, gMax: 1e-5 };
    expect(fidelity(await enlarged({ device, ...parts }))).toBeLessThan(fidelity(digital));
  });

  test('without a size of its images it is refused, and told what to give', async () => {
    await expect(convertToAnalog(model, labArrays())).rejects.toThrow(
      'STACK_INVALID [F_m1] images of [any, any, 3]: arrays need their size; give convertToAnalog the inputShape',
    );
  });
});
