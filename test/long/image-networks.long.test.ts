import { arrayModel } from '@txsim/array';
import { compose, dataset, network, trainer, type TrainableModel } from '@txsim/core';
import { convertToAnalog, digitalModel } from '@txsim/layers';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { calibrate, crossEntropy, makeBatch } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { laboratory } from '../support/laboratory.js';
import { imageStack, peakOfRun } from '../support/peak-of-run.js';

beforeAll(activateWasm);

const STEPS = 7;

const stackOf = (use: string, batchSize: number) =>
  imageStack({ use }, [32, 32, 3], { batchSize, train: 2 * batchSize, test: 20 });

/** Milliseconds of training steps, analog and digital in turns. */
async function stepTimes(use: string, batchSize: number): Promise<{ analog: number; digital: number }> {
  const simulation = compose(stackOf(use, batchSize), laboratory());
  const data = await simulation.resolve(dataset).load();
  const digital = await simulation.resolve(network).build(data);
  const analog = await convertToAnalog(digital, arrayModel(simulation));
  const batch = makeBatch(
    data,
    data.train,
    Array.from({ length: batchSize }, (_, i) => i),
  );
  const learner = simulation.resolve(trainer);
  const timed = async (model: TrainableModel): Promise<number> => {
    const start = performance.now();
    const loss = learner.step(model, () => crossEntropy(model.network, batch));
    expect((await loss.data())[0]).toBeGreaterThan(0);
    loss.dispose();
    return performance.now() - start;
  };
  await calibrate(analog, batch);
  const times: [number, number][] = [];
  for (let i = 0; i <= STEPS; i++) times.push([await timed(analog), await timed(digitalModel(digital))]);
  analog.dispose();
  digital.dispose();
  tf.dispose([batch.x, batch.y]);
  simulation.dispose();
  // The first step packs and compiles.
  const median = (k: 0 | 1): number => times.slice(1).map((t) => t[k]).sort((a, b) => a - b)[STEPS >> 1]!; // prettier-ignore
  return { analog: median(0), digital: median(1) };
}

const NETWORKS: readonly [use: string, batch: number][] = [
  ['networks/resnet-20', 8],
  ['networks/vgg-8', 4],
];

describe.each(NETWORKS)('%s on 32×32×3, batch %i, every non-ideality on', (use, batch) => {
  test('a training step takes at most 2.5 times that of the digital network', async () => {
    const { analog, digital } = await stepTimes(use, batch);
    console.log(`${use}: ${(analog / digital).toFixed(2)} times the digital step`);
    expect(analog / digital).toBeLessThan(2.5);
  });

  test('tensors take what a dry run told, to 20 %', async () => {
    const { told, bytes } = await peakOfRun(stackOf(use, batch));
    console.log(`${use}: ${bytes} bytes, ${told.bytes.peak} told, ${told.bytes.resident} between steps`);
    expect(bytes / told.bytes.peak).toBeGreaterThan(0.8);
    expect(bytes / told.bytes.peak).toBeLessThan(1.2);
  });
});
