import { arrayModel } from '@txsim/array';
import { compose, network, type StackInput } from '@txsim/core';
import { convertToAnalog, digitalModel } from '@txsim/layers';
import { encodeSafetensors, readCheckpoint, restore, START, writeCheckpoint } from '../../src/index.js';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { gaussian, laboratory, labStack, values } from '../../../../test/support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

const ARRAYS: Partial<StackInput['stack']> = {
  wire: { use: 'wire-resistance' },
  speedup: { use: 'speedup/interpolated' },
};
const TASK = { inputShape: [6], classes: 3 };
const stack = labStack(ARRAYS);
const state = { stack, progress: { ...START, step: 7 }, versions: { '@txsim/core': '0.1.0' } };

/** An analog network and its digital twin, that have read and written something. */
async function participants(rate: number) {
  const simulation = compose(stack, laboratory());
  const twin = await simulation.resolve(network).build(TASK);
  const analog = await convertToAnalog(twin, arrayModel(simulation));
  const matrix = analog.matrices[0]!;
  tf.dispose([matrix.forward(gaussian([2, 6])), matrix.forward(gaussian([2, 6], 2))]);
  matrix.update(gaussian([2, 6]), gaussian([2, matrix.grid.outputs], 3), rate);
  return { analog, twin: digitalModel(twin) };
}

test('what was written is read, and puts other models into the same state', async () => {
  const [written, other] = [await participants(0.1), await participants(0.3)];
  const checkpoint = await readCheckpoint(await writeCheckpoint(written, state));
  expect(checkpoint.stack).toEqual(stack);
  expect(checkpoint.progress).toEqual(state.progress);
  expect(checkpoint.versions).toEqual(state.versions);
  await restore(other, checkpoint);
  const weights = ({ analog }: typeof written) => analog.matrices.map((m) => values(m.read()));
  expect(weights(other)).toEqual(weights(written));
});

test('writing leaves no tensors', async () => {
  const written = await participants(0.1);
  const before = tf.memory().numTensors;
  await writeCheckpoint(written, state);
  expect(tf.memory().numTensors).toBe(before);
});

test('another format is named', async () => {
  const bytes = await encodeSafetensors({ tensors: {}, metadata: { format: '99' } });
  await expect(readCheckpoint(bytes, 'some/file')).rejects.toThrow(
    'CHECKPOINT_INVALID [some/file] format 99, this version reads format 1. Go on with the version of TxSim that wrote it, or make the run again: txsim train DIR/run.json',
  );
});

test('a tensor that lacks is named', async () => {
  const written = await participants(0.1);
  const checkpoint = await readCheckpoint(await writeCheckpoint(written, state));
  const [missing] = Object.keys(checkpoint.tensors).filter((key) => key.startsWith('twin/'));
  const { [missing!]: _, ...tensors } = checkpoint.tensors;
  await expect(restore(written, { ...checkpoint, tensors })).rejects.toThrow(
    `CHECKPOINT_INVALID [${missing}] the checkpoint lacks this tensor`,
  );
});
