import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { arrayModel } from '@txsim/array';
import { compose, dataset, network, trainer } from '@txsim/core';
import { convertToAnalog } from '@txsim/layers';
import { describeBackend } from '@txsim/plugin-testkit';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { crossEntropy, makeBatch } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { laboratory, labStack } from '../../../test/support/laboratory.js';
import { createTensorflow } from '../src/index.js';

const folder = process.env['TXSIM_TENSORFLOW'];
if (!folder)
  console.warn(
    'plugin-backend-tensorflow: skipped: TXSIM_TENSORFLOW names no folder that has @tensorflow/tfjs-node',
  );

const backend = createTensorflow(async (name) => {
  const path = createRequire(join(folder!, 'package.json')).resolve(name);
  return import(pathToFileURL(path).href);
});

const STEPS = 20;
const BATCH = 8;

/** Losses of a training with noise, wires and non-linear devices. */
async function losses(activate: () => Promise<unknown>): Promise<number[]> {
  await activate();
  const stack = labStack({
    device: { use: 'device-models/asymmetric-nonlinear' },
    mapping: { use: 'mapping', rows: 8, columns: 8 },
    wire: { use: 'wire-resistance' },
    nonIdealities: [{ use: 'device-variation' }, { use: 'write-noise' }, { use: 'read-noise' }],
  });
  const simulation = compose(stack, laboratory());
  const data = await simulation.resolve(dataset).load();
  const digital = await simulation.resolve(network).build(data);
  const analog = await convertToAnalog(digital, arrayModel(simulation));
  const learn = simulation.resolve(trainer);
  const trace: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const indices = Array.from({ length: BATCH }, (_, i) => (step * BATCH + i) % data.train.size);
    const batch = makeBatch(data, data.train, indices);
    const loss = learn.step(analog, () => crossEntropy(analog.network, batch));
    trace.push(loss.dataSync()[0]!);
    tf.dispose([loss, batch.x, batch.y]);
  }
  analog.dispose();
  digital.dispose();
  simulation.dispose();
  return trace;
}

const overflow =
  'its exponentials are infinite where those of cpu are not yet, as found with TensorFlow 1.15';
const exempt = {
  'expressions: exp': overflow,
  'expressions: expm1': overflow,
};

describe.skipIf(!folder)('with a real tfjs-node', () => {
  beforeAll(async () => {
    const said = await backend.probe();
    console.info(said.available ? said.detail : `${said.reason}; ${said.advice}`);
  });

  describeBackend('tensorflow', () => backend.activate(), { ieee: false, exempt });

  test(`${STEPS} steps give the losses of cpu and wasm to 1e-3`, async () => {
    const found = await losses(() => backend.activate());
    expect(found.at(-1)).toBeLessThan(found[0]!);
    for (const other of [await losses(() => tf.setBackend('cpu')), await losses(activateWasm)]) {
      found.forEach((loss, i) => expect(Math.abs(loss - other[i]!)).toBeLessThan(1e-3));
    }
  });

  test('a training leaves nothing in memory', async () => {
    await backend.activate();
    const before = tf.memory().numTensors;
    await losses(() => backend.activate());
    expect(tf.memory().numTensors).toBe(before);
  });
});
