import { arrayModel } from '@txsim/array';
import { compose, dataset, network, trainer } from '@txsim/core';
import { convertToAnalog } from '@txsim/layers';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { crossEntropy, makeBatch } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { laboratory, labStack } from '../support/laboratory.js';

beforeAll(activateWasm);

const STEPS = 500;

describe(`tf.memory() is flat over ${STEPS} steps`, () => {
  test.each(['every-step', 'interpolated'])('every non-ideality on, speedup/%s', async (policy) => {
    const stack = labStack({
      device: { use: 'device-models/asymmetric-nonlinear' },
      mapping: { use: 'mapping', rows: 8, columns: 8, subtract: 'digital' },
      dac: { use: 'circuit-models/uniform-dac' },
      adc: { use: 'circuit-models/uniform-adc', range: { calibrate: 0.99, every: 10 } },
      driver: { use: 'circuit-models/noisy-driver' },
      sense: { use: 'circuit-models/s-shape-sense' },
      wire: { use: 'wire-resistance', backward: { source: 10, sink: 20 } },
      speedup: { use: `speedup/${policy}` },
      nonIdealities: [
        { use: 'device-variation' },
        { use: 'write-noise' },
        { use: 'limited-levels' },
        { use: 'read-noise', definition: 'proportional' },
      ],
    });
    const simulation = compose(stack, laboratory());
    const data = await simulation.resolve(dataset).load();
    const digital = await simulation.resolve(network).build(data);
    const before = tf.memory();
    const analog = await convertToAnalog(digital, arrayModel(simulation));
    const learn = simulation.resolve(trainer);
    const step = async (i: number): Promise<void> => {
      const batch = makeBatch(data, data.train, [i % data.train.size, (i + 1) % data.train.size]);
      if (i % 10 === 0) {
        analog.matrices.forEach((matrix) => matrix.observe());
        analog.matrices[0]!.forward(batch.x as tf.Tensor2D).dispose();
        for (const matrix of analog.matrices) await matrix.settle();
      }
      learn.step(analog, () => crossEntropy(analog.network, batch)).dispose();
      tf.dispose([batch.x, batch.y]);
    };
    for (let i = 0; i < 20; i++) await step(i);
    const warm = tf.memory();
    for (let i = 20; i < 20 + STEPS; i++) await step(i);
    expect(tf.memory().numTensors).toBe(warm.numTensors);
    expect(tf.memory().numBytes).toBe(warm.numBytes);
    analog.dispose();
    simulation.dispose();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    digital.dispose();
  });
});
