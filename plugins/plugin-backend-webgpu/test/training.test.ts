import { arrayModel } from '@txsim/array';
import { compose, dataset, network, trainer, type StackInput } from '@txsim/core';
import { convertToAnalog } from '@txsim/layers';
import { crossEntropy, makeBatch } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { laboratory, labStack } from '../../../test/support/laboratory.js';
import { onWebgpu } from './support.js';

// Matrices keep what they have computed; in tests, tfjs takes that for a leak.
tf.env().set('IS_TEST', false);

const STEPS = 20;
const BATCH = 8;

/** The losses of a training on a backend; weights, batches and noise depend on the seed alone. */
async function losses(backend: string, arrays: Partial<StackInput['stack']>): Promise<number[]> {
  await tf.setBackend(backend);
  const simulation = compose(labStack(arrays, { network: { use: 'mlp', units: [16, 10] } }), laboratory());
  const data = await simulation.resolve(dataset).load();
  const digital = await simulation.resolve(network).build(data);
  const analog = await convertToAnalog(digital, arrayModel(simulation));
  const learn = simulation.resolve(trainer);
  const trace: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const indices = Array.from({ length: BATCH }, (_, i) => (step * BATCH + i) % data.train.size);
    const batch = makeBatch(data, data.train, indices);
    const loss = learn.step(analog, () => crossEntropy(analog.network, batch));
    trace.push((await loss.data())[0]!);
    tf.dispose([loss, batch.x, batch.y]);
  }
  analog.dispose();
  digital.dispose();
  simulation.dispose();
  return trace;
}

async function expectSame(arrays: Partial<StackInput['stack']>, tolerance: number): Promise<void> {
  const expected = await losses('cpu', arrays);
  const ours = await losses('webgpu', arrays);
  expect(expected.at(-1)).toBeLessThan(expected[0]!);
  ours.forEach((loss, i) => expect(Math.abs(loss - expected[i]!), `step ${i}`).toBeLessThan(tolerance));
}

const TRANSFER = { linesPerTransfer: 64, transferRate: 10 };
const BUFFERED = { pulsesPerTransfer: 31, ...TRANSFER };
const RULES = [
  { use: 'trainers/outer-product' },
  { use: 'trainers/adam' },
  { use: 'trainers/mixed-precision' },
  { use: 'trainers/pulsed-sgd' },
  { use: 'trainers/pulsed-sgd', application: 'aggregated' },
  { use: 'trainers/several-devices' },
  { use: 'trainers/periodic-carry' },
  { use: 'trainers/tiki-taka', ...TRANSFER },
  { use: 'trainers/tiki-taka-2', ...BUFFERED },
  { use: 'trainers/chopped-tiki-taka', ...BUFFERED },
  { use: 'trainers/agad', ...BUFFERED },
  { use: 'trainers/residual-learning', ...TRANSFER },
];

const mapping = { use: 'mapping', rows: 8, columns: 8 };

onWebgpu(`training for ${STEPS} steps`, () => {
  test('on ideal arrays follows the reference to 1e-3 in loss', () => expectSame({ mapping }, 1e-3));

  test('with noise, nonlinear devices and wires follows the reference, number by number', () =>
    expectSame(
      {
        mapping,
        device: { use: 'device-models/asymmetric-nonlinear' },
        wire: { use: 'wire-resistance' },
        nonIdealities: [{ use: 'device-variation' }, { use: 'write-noise' }, { use: 'read-noise', definition: 'proportional' }],
      },
      1e-3,
    ));

  // A whole pulse is where a number reaches a threshold: one that comes or not by a rounding is worth a step of 0.002.
  for (const updateRule of RULES)
    test(`by ${JSON.stringify(updateRule)} follows the reference to 1e-2 in loss`, () =>
      expectSame(
        {
          mapping: { use: 'mapping/differential-pair', sides: 'two', rows: 8, columns: 8 },
          device: { use: 'device-models/constant-step', dw: 0.002, cycleToCycle: 0.3 },
          updateRule,
        },
        1e-2,
      ));

  test('with converters and levels besides, it learns; their codes may jump, so that only the first loss is compared', async () => {
    const everything: Partial<StackInput['stack']> = {
      mapping,
      device: { use: 'device-models/asymmetric-nonlinear' },
      dac: { use: 'circuit-models/uniform-dac' },
      adc: { use: 'circuit-models/uniform-adc' },
      wire: { use: 'wire-resistance' },
      nonIdealities: [{ use: 'device-variation' }, { use: 'limited-levels' }, { use: 'write-noise' }, { use: 'read-noise' }],
    };
    const expected = await losses('cpu', everything);
    const ours = await losses('webgpu', everything);
    expect(Math.abs(ours[0]! - expected[0]!)).toBeLessThan(1e-2);
    const mean = (some: readonly number[]): number => some.reduce((a, b) => a + b) / some.length;
    expect(mean(ours.slice(-5))).toBeLessThan(mean(ours.slice(0, 5)));
  });
}); // prettier-ignore
