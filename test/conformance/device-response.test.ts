import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { compose, deviceModel } from '@txsim/core';
import { evaluate, input } from '@txsim/ops';
import { laboratory, labStack, values } from '../support/laboratory.js';

beforeAll(() => tf.setBackend('cpu'));

/** One update of devices of a model on a window that is w ∈ [−1, 1] shifted by 2, so that conductances are positive. */
function respond(device: Record<string, unknown> & { use: string }, w: number[], dw: number[]): number[] {
  const stack = labStack({ device: { ...device, gMin: 1, gMax: 3 } });
  const model = compose(stack, laboratory()).resolve(deviceModel);
  const next = model.respond({ g: input('g'), request: input('request') });
  const inputs = { g: tf.tensor1d(w.map((x) => x + 2)), request: tf.tensor1d(dw) };
  return values(evaluate(next, inputs, [w.length])).map((g) => g - 2);
}

/** Float32 arithmetic, relative to the largest conductance. */
const TOLERANCE = 1e-6 * 3;

describe('Device response: Agarwal ν = 3 on [−1, 1], δw = ±.1, asymmetric', () => {
  // δw is a change of w; the range is 2.
  const step = (w: number, dw: number): number =>
    respond({ use: 'device-models/asymmetric-nonlinear', nu: 3 }, [w], [dw])[0]! - w;

  test.each([
    [0, 0.1, 0.153888629],
    [0, -0.1, -0.153888629],
    [0.5, 0.1, 0.084242617],
    [0.5, -0.1, -0.223534641],
  ])('w = %f, δw = %f → %f', (w, dw, expected) => {
    expect(Math.abs(step(w, dw) - expected)).toBeLessThan(TOLERANCE);
  });

  test('ν → 0 is the ideal device', () => {
    const w = [-0.9, 0, 0.3, 0.9];
    const dw = [0.05, -0.1, 0.2, 0.01];
    const tiny = respond({ use: 'device-models/asymmetric-nonlinear', nu: 1e-3 }, w, dw);
    tiny.forEach((x, i) => expect(Math.abs(x - (w[i]! + dw[i]!))).toBeLessThan(1e-3 * Math.abs(dw[i]!)));
    const zero = respond({ use: 'device-models/asymmetric-nonlinear', nu: 0 }, w, dw);
    expect(zero).toEqual(respond({ use: 'device-models/ideal' }, w, dw));
  });
});
