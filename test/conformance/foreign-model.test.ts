import { activateWasm } from '@txsim/plugin-backend-wasm';
import { convertToAnalog } from '@txsim/layers';
import type { StackInput } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { labArrays, values } from '../support/laboratory.js';
import { average, Z, zOfMean } from '../support/statistics.js';
import { validationTable } from '../support/validation.js';

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

type Parts = Partial<StackInput['stack']>;
const DEVICE = { use: 'device-models/ideal', gMin: 1e-6, gMax: 1e-5 };

async function enlarged(parts: Parts, seed = 1): Promise<number[]> {
  const analog = await convertToAnalog(model, labArrays(parts, { seed }), { inputShape: [SIZE, SIZE, 3] });
  expect(analog.matrices).toHaveLength(12);
  expect(analog.digital).toEqual([]);
  for (const matrix of analog.matrices) matrix.observe();
  tf.dispose(analog.network.predict(small));
  for (const matrix of analog.matrices) await matrix.settle();
  const found = values(analog.network.predict(small) as tf.Tensor);
  analog.dispose();
  return found;
}

/** What arrays of those parts cost, dB. */
const lossOf = async (parts: Parts, seed?: number): Promise<number> =>
  fidelity(digital) - fidelity(await enlarged({ device: DEVICE, ...parts }, seed));

const converters = (bits: number): Parts => ({
  dac: { use: 'circuit-models/uniform-dac', bits },
  adc: { use: 'circuit-models/uniform-adc', bits },
});
const wires = (ohms: number): Parts => ({
  wire: { use: 'wire-resistance', row: ohms, column: ohms, source: 500, sink: 100 },
});
const nonIdeality = (use: string) => (sigma: number): Parts => ({ nonIdealities: [{ use, sigma }] }); // prettier-ignore

const SEEDS = Array.from({ length: 8 }, (_, i) => i + 1);
/** How many standard errors, estimated from the sample, its mean is above 0. */
function zAboveNothing(sample: readonly number[]): number {
  const mean = average(sample);
  const variance = sample.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (sample.length - 1);
  return zOfMean(sample, 0, Math.sqrt(variance));
}

const table = validationTable(
  'A network of somebody else',
  'Peak signal to noise that arrays cost the super-resolution network of the npm package @upscalerjs/default-model 1.0.0, dB; the mean of 8 seeds where there is noise.',
  ['arrays', 'loss'],
);

describe('a network of somebody else, from an npm package', () => {
  test('on ideal arrays it has the same outputs to 1e-5, and the same fidelity', async () => {
    const found = await enlarged({});
    expect(Math.abs(fidelity(found) - fidelity(digital))).toBeLessThan(1e-3);
    table.row(`ideal; the digital network has ${fidelity(digital).toFixed(1)} dB`, '0.0');
    const largest = Math.max(...digital.map(Math.abs));
    found.forEach((v, i) => expect(Math.abs(v - digital[i]!)).toBeLessThan(1e-5 * largest));
  });

  test.each<[string, readonly number[], (strength: number) => Parts]>([
    ['converters of 8, 6 and 4 bits', [8, 6, 4], converters],
    ['wires of 0.3, 1, 3 and 10 Ω per segment, 500 Ω source, 100 Ω sink', [0.3, 1, 3, 10], wires],
  ])('with %s it loses fidelity to the sharp image, more and more', async (name, strengths, parts) => {
    const losses: number[] = [];
    for (const strength of strengths) losses.push(await lossOf(parts(strength)));
    [0, ...losses].slice(0, -1).forEach((less, i) => expect(losses[i]).toBeGreaterThan(less));
    table.row(name, losses.map((loss) => loss.toFixed(1)).join(', '));
  });

  test.each<[string, readonly [number, number], (strength: number) => Parts]>([
    ['conductances that vary by 10 and 20 %', [0.1, 0.2], nonIdeality('device-variation')],
    ['read noise of 1 and 3 % of the window', [0.01, 0.03], nonIdeality('read-noise')],
  ])(
    `with %s it loses fidelity, more with more of it (z, ${SEEDS.length} seeds)`,
    async (name, strengths, parts) => {
      const losses: number[][] = [];
      for (const strength of strengths) {
        const ofSeeds: number[] = [];
        for (const seed of SEEDS) ofSeeds.push(await lossOf(parts(strength), seed));
        losses.push(ofSeeds);
      }
      const [less, more] = losses as [number[], number[]];
      expect(zAboveNothing(less)).toBeGreaterThan(Z);
      expect(zAboveNothing(more.map((loss, i) => loss - less[i]!))).toBeGreaterThan(Z);
      table.row(name, losses.map((loss) => average(loss).toFixed(1)).join(', '));
    },
  );

  describe('only what has a non-ideality changes', () => {
    const CONVOLUTIONS = () =>
      model.layers.filter((layer) => layer.getClassName() === 'Conv2D').map(({ name }) => name);
    /** Outputs of the convolutions, in the order of the network. */
    const outputs = (network: tf.LayersModel): string[] => {
      const symbols = CONVOLUTIONS().map((name) => network.getLayer(name).output as tf.SymbolicTensor);
      const found = tf.model({ inputs: network.inputs, outputs: symbols }).predict(small) as tf.Tensor[];
      return found.map((output) => values(output).join());
    };
    const noisy = () => labArrays({ device: DEVICE, ...nonIdeality('read-noise')(0.02) });
    const inputShape = [SIZE, SIZE, 3];
    const NOISY = 'GFF_1';

    test.each<[string, () => Promise<[found: tf.LayersModel, ideal: tf.LayersModel]>]>([
      [
        'one layer has arrays of its own with noise',
        async () => {
          const perLayer = { [NOISY]: noisy() };
          const of = await convertToAnalog(model, labArrays({ device: DEVICE }), { inputShape, perLayer });
          const ideal = await convertToAnalog(model, labArrays({ device: DEVICE }), { inputShape });
          return [of.network, ideal.network];
        },
      ],
      [
        'one layer alone is on arrays, with noise',
        async () => {
          const of = await convertToAnalog(model, noisy(), { inputShape, include: [NOISY] });
          expect(of.matrices.map(({ name }) => name)).toEqual([NOISY]);
          return [of.network, model];
        },
      ],
    ])('%s: what is before it stays as it was to the bit, what is behind it does not', async (_, make) => {
      const [found, ideal] = (await make()).map(outputs) as [string[], string[]];
      const at = CONVOLUTIONS().indexOf(NOISY);
      expect(at).toBeGreaterThan(5);
      expect(found.slice(0, at)).toEqual(ideal.slice(0, at));
      found.slice(at).forEach((output, i) => expect(output).not.toBe(ideal[at + i]));
    });
  });

  test('without a size of its images it is refused, and told what to give', async () => {
    await expect(convertToAnalog(model, labArrays())).rejects.toThrow(
      'STACK_INVALID [F_m1] images of [any, any, 3]: arrays need their size; give convertToAnalog the inputShape',
    );
  });
});

table.isOnPage();
