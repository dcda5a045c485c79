import {
  definePlugin,
  deviceModel,
  nonIdeality,
  parseStack,
  reporter,
  updateRule,
  type Contribution,
} from '@txsim/core';
import { add, divide, input, multiply, subtract } from '@txsim/ops';
import { standardRegistry } from '@txsim/simulator';
import { readCheckpoint, simulate } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const closed = { description: 'Fails, for tests.', config: z.strictObject({}) };
const window = { gMin: 1e-6, gMax: 1e-5 };

/** Contributions that fail, each in its own way. */
const bad = {
  thrown: nonIdeality({ id: 'thrown', ...closed, create: () => ({ effects: [{ stage: 'update', apply: () => { throw new Error('no formula'); } }] }) }), // prettier-ignore
  unknown: nonIdeality({ id: 'unknown', ...closed, create: () => ({ effects: [{ stage: 'conduct', apply: (g) => multiply(g, input('amplitude')) }] }) }), // prettier-ignore
  nothing: nonIdeality({ id: 'nothing', ...closed, create: () => ({ effects: [{ stage: 'read', apply: () => undefined as never }] }) }), // prettier-ignore
  listener: reporter({ id: 'listener', ...closed, create: ({ on }) => (on('progress', () => { throw new Error('disk full'); }), {}) }), // prettier-ignore
  // 0/0 where nothing is asked for: the window's clipping may hide it.
  nan: deviceModel({ id: 'nan', ...closed, create: () => ({ ...window, respond: ({ g, request }) => add(g, divide(multiply(request, request), subtract(request, 0))) }) }), // prettier-ignore
  shape: updateRule({ id: 'shape', ...closed, create: () => ({ open: ({ arrays: [arrays] }) => () => arrays!.write({ kind: 'delta', delta: tf.zeros([1, 1, 2, 2]) }) }) }), // prettier-ignore
  leak: updateRule({ id: 'leak', ...closed, create: () => ({ open: ({ arrays: [arrays] }) => ({ gradient }) => arrays!.write({ kind: 'delta', delta: tf.keep(gradient(-0.1)) }) }) }), // prettier-ignore
  variable: updateRule({ id: 'variable', ...closed, create: () => ({ open: () => () => void tf.variable(tf.scalar(0)) }) }), // prettier-ignore
  crash: updateRule({ id: 'crash', ...closed, create: () => ({ open: () => () => { throw new Error('broken rule'); } }) }), // prettier-ignore
} satisfies Record<string, Contribution>;

const plugin = definePlugin({
  name: 'txsim-plugin-bad',
  version: '1.0.0',
  namespace: 'bad',
  engines: { txsim: '*' },
  contributes: Object.values(bad),
});

beforeAll(() => tf.setBackend('cpu'));

/** What became of a run with some parts of the stack replaced. */
async function fails(parts: { stack?: object; reporters?: object[] }, strict = false) {
  const tensors = tf.memory().numTensors;
  const checkpoints: Uint8Array[] = [];
  const given = parseStack({
    backend: 'cpu',
    dataset: { use: 'datasets/digits', trainSize: 24, testSize: 8 },
    network: { use: 'mlp', units: [5] },
    stack: {
      device: { use: 'device-models/ideal' },
      mapping: { use: 'mapping/differential-pair' },
      ...parts.stack,
    },
    trainer: { use: 'trainers/sgd', batchSize: 2, epochs: 1 },
    reporters: parts.reporters ?? [],
  });
  const options = { registry: standardRegistry([plugin]), twin: false, strict, save: async (bytes: Uint8Array) => void checkpoints.push(bytes) }; // prettier-ignore
  const error = await simulate(given, options).then(
    () => undefined,
    (failure: unknown) => failure as Error,
  );
  return { message: error?.message, checkpoints, kept: tf.memory().numTensors - tensors };
}

test('an effect that throws is named with its stage', async () => {
  const { message } = await fails({ stack: { nonIdealities: [{ use: 'bad/thrown' }] } });
  expect(message).toBe('CONTRIBUTION_STAGE [bad/thrown] update stage: no formula');
});

test('an effect that asks for an input which its stage has not is named', async () => {
  const { message } = await fails({ stack: { nonIdealities: [{ use: 'bad/unknown' }] } });
  expect(message).toBe('CONTRIBUTION_STAGE [bad/unknown] conduct stage: there is no input amplitude');
});

test('an effect that gives no expression is named', async () => {
  const { message } = await fails({ stack: { nonIdealities: [{ use: 'bad/nothing' }] } });
  expect(message).toBe('CONTRIBUTION_STAGE [bad/nothing] read stage: expected an expression of @txsim/ops');
});

test('a listener that throws ends the run with a checkpoint of the step before', async () => {
  const { message, checkpoints, kept } = await fails({ reporters: [{ use: 'bad/listener' }] });
  expect(message).toBe('LISTENER_FAILED [txsim-plugin-bad@1.0.0 bad/listener] on "progress": disk full');
  expect((await readCheckpoint(checkpoints.at(-1)!)).progress.step).toBe(12);
  expect(kept).toBe(0);
});

test('an update rule that throws in mid-run is named with the step, and models are disposed', async () => {
  const { message, checkpoints, kept } = await fails({ stack: { updateRule: { use: 'bad/crash' } } });
  expect(message).toBe('CONTRIBUTION_STAGE [bad/crash] step 0, update stage: broken rule');
  // In the middle of a step there is nothing that could be gone on from.
  expect(checkpoints).toEqual([]);
  expect(kept).toBe(0);
});

test('strict: a device whose answer is not finite is named with step, matrix, tile and stage', async () => {
  const { message } = await fails({ stack: { device: { use: 'bad/nan' } } }, true);
  expect(message).toMatch(
    /^CONTRIBUTION_VALUE \[bad\/nan\] step 0, \w+, tile \(\d+, \d+\), update stage: a value that is not finite$/,
  );
});

test('strict: an update rule that gives another shape is named', async () => {
  const { message } = await fails({ stack: { updateRule: { use: 'bad/shape' } } }, true);
  expect(message).toMatch(/^CONTRIBUTION_VALUE \[stack.updateRule\] step 0, \w+, update stage: shape \[1, 1, 2, 2\], expected/); // prettier-ignore
});

test('strict: a rule that leaks is named once it has done so eight times in a row', async () => {
  const { message } = await fails({ stack: { updateRule: { use: 'bad/leak' } } }, true);
  expect(message).toMatch(
    /^CONTRIBUTION_LEAK \[bad\/leak\] step 7, update stage: 2 tensors kept more than before/,
  );
});

test('strict: a step that leaks past all contributions is told', async () => {
  const { message } = await fails({ stack: { updateRule: { use: 'bad/variable' } } }, true);
  expect(message).toMatch(/^CONTRIBUTION_LEAK \[step\] step \d+: 2 tensors more than before/);
});

test('strict: a sound stack runs, learns the same, and leaves nothing behind', async () => {
  const parts = { stack: { device: { use: 'device-models/soft-bounds' }, wire: { use: 'wire-resistance' }, nonIdealities: [{ use: 'device-variation' }, { use: 'write-noise' }, { use: 'read-noise' }] } }; // prettier-ignore
  const [loose, strict] = [await fails(parts), await fails(parts, true)];
  expect([loose.message, strict.message, strict.kept]).toEqual([undefined, undefined, 0]);
  const saved = async ({ checkpoints }: typeof strict) => (await readCheckpoint(checkpoints.at(-1)!)).tensors;
  expect(await saved(strict)).toEqual(await saved(loose));
});
