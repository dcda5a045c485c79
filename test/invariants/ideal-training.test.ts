import { arrayModel } from '@txsim/array';
import { compose, dataset, network, trainer } from '@txsim/core';
import { convertToAnalog, digitalModel } from '@txsim/layers';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { crossEntropy, makeBatch } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { laboratory, labStack } from '../support/laboratory.js';

beforeAll(activateWasm);

const STEPS = 100;
const BATCH = 8;

/** Losses of the same training on ideal arrays and in plain tfjs, from the same weights and on the same batches. */
async function losses(sides: 'one' | 'two', subtract: 'analog' | 'digital') {
  const mapping = { use: 'mapping', sides, subtract, rows: 8, columns: 8 };
  const simulation = compose(
    labStack({ mapping }, { network: { use: 'mlp', units: [16, 10] } }),
    laboratory(),
  );
  const data = await simulation.resolve(dataset).load();
  const digital = await simulation.resolve(network).build(data);
  const analog = await convertToAnalog(digital, arrayModel(simulation));
  const learn = simulation.resolve(trainer);
  const traces: [number[], number[]] = [[], []];
  for (let step = 0; step < STEPS; step++) {
    const indices = Array.from({ length: BATCH }, (_, i) => (step * BATCH + i) % data.train.size);
    const batch = makeBatch(data, data.train, indices);
    [analog, digitalModel(digital)].forEach((model, i) => {
      const loss = learn.step(model, () => crossEntropy(model.network, batch));
      traces[i]!.push(loss.dataSync()[0]!);
      loss.dispose();
    });
    tf.dispose([batch.x, batch.y]);
  }
  analog.dispose();
  digital.dispose();
  return traces;
}

describe(`with every non-ideality off, ${STEPS} steps follow plain tfjs SGD to 1e-4 in loss`, () => {
  test.each([
    ['one', 'analog'],
    ['two', 'analog'],
    ['one', 'digital'],
  ] as const)('%s-sided pairs, %s subtraction', async (sides, subtract) => {
    const [analog, digital] = await losses(sides, subtract);
    expect(digital.at(-1)).toBeLessThan(0.5 * digital[0]!);
    analog.forEach((loss, i) => expect(Math.abs(loss - digital[i]!)).toBeLessThan(1e-4));
  });
});
