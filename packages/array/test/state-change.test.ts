import type { StackInput } from '@txsim/core';
import { evaluateAll, inputNames, planeShape, randomStream, type Expression } from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test, vi } from 'vitest';
import { namesOfStates } from '../src/device-state.js';
import { burstExpressions, DOWN_COUNT, netBurstExpressions, NET_COUNT, pulsedModel, UP_COUNT } from '../src/pulse.js'; // prettier-ignore
import { StateChange } from '../src/state-change.js';
import { DELTA, updateExpressions } from '../src/update.js';
import { labArrays } from '../../../test/support/laboratory.js';

beforeAll(activateWasm);

const GRID = { inputs: 40, outputs: 30, tileRows: 2, tileColumns: 1, rows: 20, columns: 32 };
const SHAPE = planeShape(GRID);
const NOISE = { streams: (name: string) => randomStream(1, name), draw: 5 };

type Arrays = Partial<StackInput['stack']>;

const NOISY = { cycleToCycle: 0.3, stepDeviceToDevice: 0.3 };
/** How many planes change, by requests and by counted pulses; 0 where nothing is known to stay. */
const STACKS: Record<string, { arrays: Arrays; requested: number; counted: number }> = {
  'a reference that is never written': { arrays: { device: { use: 'device-models/epiram' }, mapping: { use: 'mapping/offset' } }, requested: 1, counted: 1 },
  'one-sided pairs of soft bounds': { arrays: { device: { use: 'device-models/soft-bounds', ...NOISY }, mapping: { use: 'mapping' } }, requested: 2, counted: 0 },
  'two-sided pairs of constant steps': { arrays: { device: { use: 'device-models/constant-step', ...NOISY }, mapping: { use: 'mapping', sides: 'two' } }, requested: 2, counted: 2 },
  'ν devices with write noise': { arrays: { device: { use: 'device-models/asymmetric-nonlinear', nu: 2 }, mapping: { use: 'mapping', sides: 'two' }, nonIdealities: [{ use: 'write-noise', gamma: 3 }] }, requested: 2, counted: 2 },
}; // prettier-ignore

/** Numbers for all that expressions name: conductances in the window, whole requests of which one in fifty is not 0. */
function inputsOf(expressions: readonly Expression[], requests: readonly string[], { gMin, gMax }: { gMin: number; gMax: number }) {
  const names = new Set(expressions.flatMap(inputNames));
  const random = (low: number, high: number, seed: number): tf.Tensor => tf.randomUniform([...SHAPE], low, high, 'float32', seed);
  return Object.fromEntries([...names].map((name, seed) => {
    if (requests.includes(name)) {
      const asked = tf.cast(tf.less(random(0, 1, seed + 1), 0.02), 'float32');
      return [name, tf.mul(asked, name === DELTA ? random(-0.3, 0.3, seed + 2) : tf.floor(random(1, 4, seed + 2)))];
    }
    if (/^plane\d+$/.test(name)) return [name, random(gMin, gMax, seed + 1)];
    return [name, name === 'used' ? tf.ones([...SHAPE]) : random(0.9, 1.1, seed + 1)];
  }));
} // prettier-ignore

for (const [name, { arrays, requested, counted }] of Object.entries(STACKS))
  for (const counting of [false, true])
    test(`${name}, pulses ${counting ? '' : 'not '}counted: what is passed over changes nothing, to the bit`, async () => {
      const model = labArrays(arrays);
      const window = model.device.product;
      const states = namesOfStates(model.mapping.planes, counting);
      const pulsed = pulsedModel(model);
      const update = updateExpressions(model, 1);
      const writes = [
        { next: counting ? [...update.planes, ...update.counters] : update.planes, requests: [DELTA] },
        ...(pulsed
          ? [
              { next: burstExpressions(pulsed, counting), requests: [UP_COUNT, DOWN_COUNT] },
              { next: netBurstExpressions(pulsed, counting), requests: [NET_COUNT] },
            ]
          : []),
      ];
      for (const { next, requests } of writes) {
        const inputs = inputsOf([...next, ...states.map((s): Expression => ({ op: 'input', name: s }))], requests, window);
        const whole = evaluateAll(next, inputs, SHAPE, NOISE);
        const kernel = vi.spyOn(tf.engine(), 'runKernel');
        const found = new StateChange(states, next, { requests, window }).next(inputs, SHAPE, NOISE);
        const asked = kernel.mock.calls.find(([k]) => k === 'TxEvaluateAll')![2] as { still?: { states: string[] } };
        kernel.mockRestore();
        const changing = requests[0] === DELTA ? requested : counted;
        expect(asked.still?.states.length ?? 0, requests[0]).toBe(counting ? 3 * changing : changing);
        for (const k of states.keys()) expect(await found[k]!.data()).toEqual(await whole[k]!.data());
        tf.dispose([inputs, found, whole]);
      }
    }); // prettier-ignore

test('a device that never answers stays, whatever is asked', async () => {
  const { product } = labArrays(STACKS['two-sided pairs of constant steps']!.arrays).device;
  const inputs = { plane0: tf.fill([...SHAPE], product.gMin), delta: tf.ones([...SHAPE]) };
  const frozen = new StateChange(['plane0'], [{ op: 'input', name: 'plane0' }], {
    requests: [DELTA],
    window: product,
  });
  const [g] = frozen.next(inputs, SHAPE, NOISE);
  expect(await g!.data()).toEqual(await inputs.plane0.data());
});
