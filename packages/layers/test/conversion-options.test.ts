import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { labArrays, values } from '../../../test/support/laboratory.js';
import { convertToAnalog } from '../src/index.js';
import { numbers } from './models.js';

beforeAll(activateWasm);

const arrays = () => labArrays({ mapping: { use: 'mapping', rows: 16, columns: 16 } });
const { conv2d, dense, flatten } = tf.layers;

/** The same weights in every run: with others all hidden units may be silent, and outputs equal. */
const drawn = (seed: number) => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
const network = (): tf.Sequential =>
  tf.sequential({
    layers: [
      conv2d({ name: 'image', inputShape: [6, 6, 1], filters: 2, kernelSize: 3, ...drawn(1) }),
      flatten({ name: 'flat' }),
      dense({ name: 'hidden', units: 5, activation: 'relu', ...drawn(2) }),
      dense({ name: 'output', units: 3, ...drawn(3) }),
    ],
  });
const names = (analog: { matrices: readonly { name: string }[] }): string[] =>
  analog.matrices.map((m) => m.name);

describe('which layers go on arrays', () => {
  test.each([
    ['all of them', {}, ['image', 'hidden', 'output']],
    ['those of a class', { include: ['Dense'] }, ['hidden', 'output']],
    ['those that are named', { include: ['image', 'output'] }, ['image', 'output']],
    ['all but those that are named', { exclude: ['output', 'Conv2D'] }, ['hidden']],
    ['a class without one of its layers', { include: ['Dense'], exclude: ['output'] }, ['hidden']],
  ])('%s', async (_, choice, wanted) => {
    const analog = await convertToAnalog(network(), arrays(), choice);
    expect(names(analog)).toEqual(wanted);
    // What was chosen to be digital needs no warning.
    expect(analog.digital).toEqual([]);
  });

  test('a name that no layer has is told, with the nearest one', async () => {
    await expect(convertToAnalog(network(), arrays(), { exclude: ['outputs'] })).rejects.toThrow(
      'STACK_INVALID [layers] no layer or class "outputs". Did you mean "output"?',
    );
    const perLayer = { imge: arrays() };
    await expect(convertToAnalog(network(), arrays(), { perLayer })).rejects.toThrow('"imge"');
  });

  test('layers of unknown classes stay digital and are listed', async () => {
    const input = tf.input({ shape: [4, 4, 4, 2] });
    const output = tf.layers.conv3d({ name: 'volume', filters: 2, kernelSize: 2 }).apply(input);
    const model = tf.model({ inputs: input, outputs: output as tf.SymbolicTensor });
    expect((await convertToAnalog(model, arrays())).digital).toEqual(['volume (Conv3D)']);
  });
});

test('a layer has the arrays that are given for it', async () => {
  const coarse = labArrays({ adc: { use: 'circuit-models/uniform-adc', bits: 2, range: 'maximal' } });
  const model = network();
  const x = numbers([5, 6, 6, 1]);
  const analog = await convertToAnalog(model, arrays(), { perLayer: { output: coarse } });
  const at = (layer: string, of: tf.LayersModel): number[] =>
    values(tf.model({ inputs: of.inputs, outputs: of.getLayer(layer).output as tf.SymbolicTensor }).predict(x) as tf.Tensor); // prettier-ignore
  at('hidden', analog.network).forEach((v, i) => expect(v).toBeCloseTo(at('hidden', model)[i]!, 4));
  // Two bits have three levels: −1, 0, 1.
  expect(new Set(at('output', analog.network)).size).toBeLessThanOrEqual(3 * x.shape[0]!);
  expect(new Set(at('output', model)).size).toBe(15);
});

describe('fit', () => {
  test('tells callbacks what happens', async () => {
    const { network: analog } = await convertToAnalog(network(), arrays());
    analog.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['mae'] });
    const told: string[] = [];
    await analog.fit(numbers([4, 6, 6, 1]), numbers([4, 3]), {
      epochs: 2,
      batchSize: 2,
      verbose: 0,
      callbacks: {
        onBatchEnd: (batch) => void told.push(`batch ${batch}`),
        onEpochEnd: (epoch, logs) => void told.push(`epoch ${epoch} ${Object.keys(logs!).sort().join()}`),
      },
    });
    expect(told).toEqual(['batch 0', 'batch 1', 'epoch 0 loss,mae', 'batch 0', 'batch 1', 'epoch 1 loss,mae']); // prettier-ignore
  });

  test('evaluates as the original does', async () => {
    const model = network();
    const { network: analog } = await convertToAnalog(model, arrays());
    const [x, y] = [numbers([4, 6, 6, 1]), numbers([4, 3])];
    const [a, d] = [analog, model].map((of) => {
      of.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      return values(of.evaluate(x, y) as tf.Scalar)[0]!;
    });
    expect(Math.abs(a! / d! - 1)).toBeLessThan(1e-5);
  });

  test('leaves a frozen layer as it is', async () => {
    const model = network();
    model.getLayer('hidden').trainable = false;
    const analog = await convertToAnalog(model, arrays());
    const of = (name: string): number[] => values(analog.matrices.find((m) => m.name === name)!.read());
    const before = [of('hidden'), of('output')];
    analog.network.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    await analog.network.fit(numbers([4, 6, 6, 1]), numbers([4, 3]), { epochs: 2, verbose: 0 });
    expect(of('hidden')).toEqual(before[0]);
    expect(of('output')).not.toEqual(before[1]);
    const x = numbers([4, 6, 6, 1]);
    const { signals } = analog.pass(() => tf.mean(analog.network.apply(x) as tf.Tensor));
    expect(signals.map(({ matrix }) => matrix.name).sort()).toEqual(['image', 'output']);
  });
});

test('weights of a converted network are what its devices stand for, and setting them programs the devices', async () => {
  const analog = await convertToAnalog(network(), arrays());
  const wanted = analog.network.getWeights().map((w, i) => tf.mul(numbers(w.shape, i), 0.1));
  analog.network.setWeights(wanted);
  expect(values(analog.matrices[1]!.read())).toEqual(
    values(analog.network.getLayer('hidden').getWeights()[0]!),
  );
  analog.network.getWeights().forEach((w, i) => {
    const expected = values(wanted[i]!);
    values(w).forEach((v, k) => expect(v).toBeCloseTo(expected[k]!, 5));
  });
});
