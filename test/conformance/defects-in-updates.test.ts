/** Defects of other simulators, in devices and updates, that this one must not have. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeConfig, deviceModel, nonIdeality } from '@txsim/core';
import { standardPlugins } from '@txsim/simulator';
import { input, fillNormal, numberOf, randomStream, type Generator } from '@txsim/ops';
import {
  curveOfLabel,
  pulseResponse,
  sampleResponses,
  assertPulsed,
  models,
  type PulsedDevice,
} from '@txsim/device-models';
import { make } from '@txsim/plugin-testkit';
import { CrossbarMatrix } from '@txsim/array';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { members } from '../support/house.js';
import { labArrays, values } from '../support/laboratory.js';
import { Z, zOfCorrelation, zOfVariance } from '../support/statistics.js';

beforeAll(() => tf.setBackend('cpu'));

function deviceOf(id: string, config: Readonly<Record<string, unknown>>): PulsedDevice {
  const device = make(
    models.find((m) => m.id === id)!,
    { config },
  );
  assertPulsed(device, id);
  return device;
}

describe('weights that start outside of a curve give NaN above a label of 1.96', () => {
  test.each([0.5, 1.96, 1.97, 4.88, 9])(
    'label %d: any conductance of the window, pulses and requests',
    (label) => {
      const device = deviceOf('neurosim-exponential', { gMin: 1, gMax: 3, nonlinearityUp: label, nonlinearityDown: -label }); // prettier-ignore
      const respond = numberOf(device.respond({ g: input('g'), request: input('request') }));
      for (let g = 1; g <= 3; g += 0.125) {
        for (const end of pulseResponse(device, [300, -300], g)) expect(Number.isFinite(end)).toBe(true);
        for (const request of [-2, -0.01, 0, 0.01, 2]) expect(Number.isFinite(respond({ g, request }))).toBe(true); // prettier-ignore
      }
    },
  );
});

test('a table of labels truncates 53 of them: here each of 900 solves its equation, max (f_A(x) − x) = 0.07 √2 |NL|', () => {
  const POINTS = 20_000;
  for (let k = 1; k <= 900; k++) {
    const a = curveOfLabel(k / 100);
    const whole = 1 - Math.exp(-1 / a);
    let largest = 0;
    // Between points of the grid the maximum is missed by (h/2)²/2 · curvature, at most 6e-7 at the last label.
    for (let i = 1; i < POINTS; i++) {
      const x = i / POINTS;
      largest = Math.max(largest, (1 - Math.exp(-x / a)) / whole - x);
    }
    expect(Math.abs(largest - 0.07 * Math.SQRT2 * (k / 100)), `label ${k / 100}`).toBeLessThan(2e-6);
  }
});

describe('devices share their variation: those made in one second, or of all layers under a fixed seed', () => {
  const SIDE = 60;
  const factors = async (name: string, seed: number): Promise<number[][]> => {
    const model = labArrays({ mapping: { use: 'mapping', sides: 'two', weightRange: 1, rows: SIDE, columns: SIDE }, nonIdealities: [{ use: 'device-variation', sigma: 0.1 }] }, { seed }); // prettier-ignore
    const matrix = await CrossbarMatrix.create(model, { name, weights: tf.zeros([SIDE, SIDE]) });
    const middle = 5.5e-6;
    return matrix.conducting().map((g) => values(g).map((v) => v / middle - 1));
  };

  test(`layers, planes, rows and seeds have variations of their own (n = ${SIDE * SIDE})`, async () => {
    const [first, second] = [await factors('first', 1), await factors('second', 1)];
    const other = await factors('first', 2);
    const shifted = [...first[0]!.slice(SIDE), ...first[0]!.slice(0, SIDE)];
    const others = { 'another layer': second[0]!, 'the other plane': first[1]!, 'another seed': other[0]!, 'the next row': shifted }; // prettier-ignore
    for (const [name, b] of Object.entries(others))
      expect(Math.abs(zOfCorrelation(first[0]!, b)), name).toBeLessThan(Z);
  });

  test('and the same layer with the same seed has the same', async () => {
    expect(await factors('first', 1)).toEqual(await factors('first', 1));
  });
});

test('noise of pulses does not accumulate: here the variance after n pulses is n times that of one (n = 100, 4000 devices)', () => {
  const [dw, s, n] = [1e-3, 0.5, 100];
  const device = deviceOf('constant-step', { gMin: 1, gMax: 3, wMin: -1, wMax: 1, dw, cycleToCycle: s });
  const states = sampleResponses(device, { trains: [n], from: 2, devices: 4000, seed: 3 });
  const ends = Array.from(states[n]!);
  expect(Math.abs(zOfVariance(ends, 2 + n * dw, Math.sqrt(n) * s * dw))).toBeLessThan(Z);
});

test('soft bounds by pMax overshoot to 1.356: here every curve ends at its range', () => {
  for (const [pMax, alpha] of [
    [1000, 5e-4],
    [100, 0.02],
    [50, 0.001],
  ] as const) {
    // prettier-ignore
    const device = deviceOf('soft-bounds-pmax', { gMin: 1, gMax: 3, wMin: -1, wMax: 1, pMax, alpha });
    const up = pulseResponse(device, [10 * pMax], 1);
    expect(Math.max(...up)).toBeLessThanOrEqual(3);
    // Single pulses take α of the distance, the curve of the source e^−α: they part by α/2 of what is left.
    expect(Math.abs(up[pMax]! - 3)).toBeLessThan(2 * alpha);
  }
});

describe('Gaussian numbers from a table are off by up to 0.9 % of σ', () => {
  const N = 2 ** 21;
  test.each(['feistel', 'philox'] as Generator[])(`%s: mean and variance of ${N} numbers`, (generator) => {
    const numbers = new Float32Array(N);
    fillNormal({ ...randomStream(5, 'defects'), generator }, 0, 0, numbers);
    let [sum, squares] = [0, 0];
    for (const x of numbers) [sum, squares] = [sum + x, squares + x * x];
    // An offset of 0.9 % would be 13 standard errors.
    expect(Math.abs(sum / Math.sqrt(N))).toBeLessThan(Z);
    expect(Math.abs((squares - N) / Math.sqrt(2 * N))).toBeLessThan(Z);
  });
});

describe('an asymmetry that is documented symmetric and implemented one-sided', () => {
  const steps = (upDown: number): [rise: number, fall: number] => {
    const device = deviceOf('constant-step', { gMin: 1, gMax: 3, wMin: -1, wMax: 1, dw: 0.01, upDown });
    const [, up, down] = [...pulseResponse(device, [1], 2), pulseResponse(device, [-1], 2)[1]!];
    return [up! - 2, 2 - down!];
  };

  test('positive weakens depression alone, negative potentiation alone, as the key says', () => {
    const close = (found: readonly number[], expected: readonly number[]): void =>
      found.forEach((v, i) => expect(Math.abs(v - expected[i]!)).toBeLessThan(1e-12));
    close(steps(0), [0.01, 0.01]);
    close(steps(0.3), [0.01, 0.007]);
    close(steps(-0.3), [0.007, 0.01]);
  });
});

describe('relative and absolute amounts mix', () => {
  const UNITS = /siemens|seconds|kelvin|electronvolt|number of|dimensionless|weight units|pulses|count|fraction|relative|multiple|percent|part of|probability|σ of ln|per pulse|σ over/; // prettier-ignore
  const numbers = standardPlugins
    .flatMap((plugin) => plugin.contributes)
    .filter(({ point }) => point.point === deviceModel.point || point.point === nonIdeality.point)
    .flatMap(({ id, config }) => describeConfig(config).map((p) => ({ ...p, name: `${id} ${p.key}` })))
    .filter(({ type }) => /^(number|integer)/.test(type));

  test('every number of a device or of a non-ideality says its unit, or what it is a fraction of', () => {
    expect(numbers.length).toBeGreaterThan(300);
    expect(numbers.filter((p) => !UNITS.test(p.description)).map((p) => p.name)).toEqual([]);
  });

  // The tables of the measured device are in siemens.
  test.each(models.filter((m) => m.id !== 'measured'))(
    '$id: what is relative is so to the window: one of a thousand times the conductance answers alike',
    ({ id }) => {
      const response = (scale: number): number[] => {
        const device = deviceOf(id, { gMin: scale, gMax: 3 * scale });
        return Array.from(pulseResponse(device, [50, -80], 1.7 * scale), (g) => g / scale);
      };
      const [small, large] = [response(1e-6), response(1e-3)];
      small.forEach((g, i) => expect(Math.abs(g - large[i]!)).toBeLessThan(1e-9));
    },
  );
});

describe('noise is only tested to differ', () => {
  const textOf = (folder: string): string =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
  // Of the packages that contribute noise, not those that only carry it.
  const noisy = members.filter(
    ({ folder }) =>
      /plugins|-models$/.test(folder) && /\b(normal|uniform)\('/.test(textOf(join(folder, 'src'))),
  );

  test('there are such packages', () => expect(noisy.length).toBeGreaterThanOrEqual(10));

  test.each(noisy)('$manifest.name: its own tests hold moments or frequencies to z-scores', ({ folder }) => {
    expect(textOf(join(folder, 'test'))).toMatch(/\bzOf\w+\(|statistics: |Z\)/);
  });
});
