import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { compose, deviceModel } from '@txsim/core';
import {
  assertPulsed,
  curveOfLabel,
  numberOfStates,
  pulseResponse,
  sampleResponses,
  symmetryPoint,
  type PulsedDevice,
} from '@txsim/device-models';
import { constant, evaluate, input, randomStream } from '@txsim/ops';
import { decayDiffusion } from '@txsim/plugin-decay-diffusion';
import { make } from '@txsim/plugin-testkit';
import { laboratory, labStack, values } from '../support/laboratory.js';
import { average, Z, zOfMean, zOfVariance } from '../support/statistics.js';
import { beside, validationTable } from '../support/validation.js';

const table = validationTable(
  'Device response',
  'Conductances in siemens or weights after so many pulses or a request, and curve parameters: Roy et al., arXiv 2002.11151, with Agarwal et al., IJCNN 2016; MLP+NeuroSim 3.0 manual; Rasch et al., arXiv 2104.02184.',
);

beforeAll(() => tf.setBackend('cpu'));

/** One update of devices of a model on a window that is w ∈ [−1, 1] shifted by 2, so that conductances are positive. */
function respond(device: Record<string, unknown> & { use: string }, w: number[], dw: number[]): number[] {
  const stack = labStack({ device: { ...device, gMin: 1, gMax: 3 } });
  const model = compose(stack, laboratory()).resolve(deviceModel);
  const next = model.respond({ g: input('g'), request: input('request') });
  const inputs = { g: tf.tensor1d(w.map((x) => x + 2)), request: tf.tensor1d(dw) };
  return values(evaluate(next, inputs, [w.length])).map((g) => g - 2);
}

/** Float32 arithmetic, relative to the largest conductance, and the digits that it leaves of a change. */
const TOLERANCE = 1e-6 * 3;
const FLOAT32 = 5;

/** The published values have six decimals or ten digits. */
function near(name: string, value: number, expected: number, tolerance = 1e-6, digits?: number): void {
  expect(Math.abs(value - expected)).toBeLessThan(tolerance);
  table.row(name, ...beside(expected, value, digits));
}

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
    near(`asymmetric ν = 3, w = ${w}, δw = ${dw}`, step(w, dw), expected, TOLERANCE, FLOAT32);
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

describe('Device response: Agarwal ν = 3 on [−1, 1], δw = ±.1, symmetric', () => {
  test.each([
    [0, 0.1, 0.164486904],
    [0, -0.1, -0.164486904],
    [0.5, 0.1, 0.122539265],
    [0.5, -0.1, -0.140246144],
  ])('w = %f, δw = %f → %f', (w, dw, expected) => {
    const [next] = respond({ use: 'device-models/symmetric-nonlinear', nu: 3 }, [w], [dw]);
    near(`symmetric ν = 3, w = ${w}, δw = ${dw}`, next! - w, expected, TOLERANCE, FLOAT32);
  });
});

interface Curve {
  readonly device: PulsedDevice;
  /** Conductances after each pulse of the trains, from a fraction of the window. */
  readonly from: (fraction: number, ...trains: number[]) => number[];
}

function pulsed(device: { use: string; [key: string]: unknown }): Curve {
  const model = compose(labStack({ device }), laboratory()).resolve(deviceModel);
  assertPulsed(model, device.use);
  const { gMin, gMax } = model;
  return {
    device: model,
    from: (fraction, ...trains) => Array.from(pulseResponse(model, trains, gMin + fraction * (gMax - gMin))),
  };
}

/** Weights after each pulse of the trains, of a model in weight units whose window ends at its bounds. */
function weights(
  device: { use: string; wMin: number; wMax: number; [key: string]: unknown },
  from: number,
  ...trains: number[]
): number[] {
  const { wMin, wMax } = device;
  const curve = pulsed({ gMin: 1, gMax: 3, ...device });
  const range = wMax - wMin;
  return curve.from((from - wMin) / range, ...trains).map((g) => wMin + ((g - 1) / 2) * range);
}

describe('Device response: NeuroSim', () => {
  test.each([
    [0.5, 2.519877],
    [1, 1.251653],
    [1.46, 0.848677],
    [1.75, 0.702081],
    [2.4, 0.499181],
    [3, 0.38683],
    [4.88, 0.200303],
    [6, 0.135619],
    [9, 0.02281],
  ])('label %f is the curve A = %f', (label, a) => {
    near(`NeuroSim label ${label}: A/Pmax`, curveOfLabel(label), a);
    expect(curveOfLabel(-label)).toBe(-curveOfLabel(label));
  });

  test('Ag:a-Si, potentiation: G(P) to seven digits', () => {
    const g = pulsed({ use: 'device-models/ag-si' }).from(0, 97);
    const expected = {
      0: 3.0769e-9,
      1: 3.912971e-9,
      10: 1.070903e-8,
      24: 1.906282e-8,
      48: 2.880096e-8,
      72: 3.473315e-8,
      97: 3.8462e-8,
    };
    for (const [pulse, value] of Object.entries(expected))
      near(`Ag:a-Si, ${pulse} pulses up`, g[Number(pulse)]!, value, 5e-5 * value);
    // The expected A is Pmax times the label's, which is rounded to six decimals.
    near('Ag:a-Si, up: A', 97 * curveOfLabel(2.4), 48.420557, 97 * 0.5e-6);
  });

  test('Ag:a-Si, depression: G(50) on its own curve', () => {
    near('Ag:a-Si, down: A', 100 * curveOfLabel(-4.88), -20.0303, 1e-4);
    const down = pulsed({ use: 'device-models/ag-si' }).from(1, -50);
    near('Ag:a-Si, 50 pulses down', down[50]!, 5.770546e-9, 1e-4 * 5.770546e-9);
  });

  test('FeFET on [−1, 1], 32 levels', () => {
    const { from } = pulsed({ use: 'device-models/hzo-fefet', gMin: 1, gMax: 3 });
    const w = from(0, 32).map((g) => g - 2);
    near('FeFET, up: A', 32 * curveOfLabel(1.75), 22.466592, 32 * 0.5e-6);
    const expected = [[1, -0.885335], [8, -0.210921], [16, 0.34176], [24, 0.728866], [31, 0.971148]] as const; // prettier-ignore
    for (const [pulse, value] of expected) near(`FeFET, ${pulse} pulses up`, w[pulse]!, value);
    near('FeFET, from w = 0 one up', from(0.5, 1)[1]! - 2, 0.071131);
  });

  test('no conductance of the window is outside of the domain, at any label', () => {
    for (const label of [-9, -1.96, 0, 1e-7, 1.96, 6, 9]) {
      const { from } = pulsed({
        use: 'device-models/neurosim-exponential',
        nonlinearityUp: label,
        nonlinearityDown: label,
      });
      for (const start of [0, 0.5, 1])
        for (const g of from(start, 300, -300)) expect(Number.isFinite(g)).toBe(true);
    }
  });
});

describe('Device response: pulsed steps', () => {
  const half = { wMin: -0.6, wMax: 0.6 };
  const one = { wMin: -1, wMax: 1 };

  test('soft bounds, dw .01: 100 up from 0, then 100 down', () => {
    const w = weights({ use: 'device-models/soft-bounds', ...half, dw: 0.01 }, 0, 100, -100);
    near('soft bounds, 100 up', w[100]!, 0.488255);
    near('soft bounds, then 100 down', w[200]!, -0.397322);
  });

  test('linear step, dw .005, γ .05: 100, 205, 206 up from 0', () => {
    const device = { use: 'device-models/linear-step', ...one, dw: 0.005, gammaUp: 0.05, gammaDown: 0.05 };
    const w = weights(device, 0, 206);
    near('linear step, 100 up', w[100]!, 0.493863);
    near('linear step, 205 up', w[205]!, 0.999299);
    near('linear step, 206 up', w[206]!, 1);
  });

  test('power step, dw .01, γ 2: up at 0 and .3', () => {
    const device = { use: 'device-models/power-step', ...half, dw: 0.01, gammaUp: 2, gammaDown: 2 };
    near('power step γ = 2, up at 0', weights(device, 0, 1)[1]!, 0.0025);
    near('power step γ = 2, up at 0.3', weights(device, 0.3, 1)[1]! - 0.3, 0.000625);
  });

  test('piecewise step, up = [1.5, 1, 1.5], dw .1: up at −.5 and 0', () => {
    const device = { use: 'device-models/piecewise-step', ...one, dw: 0.1, up: [1.5, 1, 1.5] };
    near('piecewise step, up at −0.5', weights(device, -0.5, 1)[1]! + 0.5, 0.125);
    near('piecewise step, up at 0', weights(device, 0, 1)[1]!, 0.1);
  });

  test('log-normal device to device, σ .7829: the mean step is 1.3586 of the nominal one (n = 20000)', () => {
    const sigma = 0.7829;
    const dw = 1e-4;
    const { device } = pulsed({
      use: 'device-models/constant-step',
      ...one,
      dw,
      stepDistribution: 'lognormal',
      stepDeviceToDevice: sigma,
    });
    const middle = (device.gMin + device.gMax) / 2;
    const unit = (device.gMax - device.gMin) / 2;
    const [, after] = sampleResponses(device, { trains: [1], from: middle, devices: 20_000 });
    const steps = after!.map((g) => (g - middle) / unit / dw);
    // The variance of e^{σξ} is (e^{σ²} − 1) e^{σ²}.
    const spread = Math.sqrt(Math.expm1(sigma ** 2) * Math.exp(sigma ** 2));
    table.row('log-normal σ 0.7829, mean of 20,000 steps', ...beside(1.3586, average(steps), 4));
    expect(Math.abs(Math.exp(sigma ** 2 / 2) - 1.3586)).toBeLessThan(1e-4);
    expect(Math.abs(zOfMean(steps, Math.exp(sigma ** 2 / 2), spread))).toBeLessThan(Z);
  });
});

describe('Symmetry point and number of states', () => {
  test('soft bounds: w* = (a+ − a−)/(a+/b_max − a−/b_min)', () => {
    const { device } = pulsed({ use: 'device-models/soft-bounds', gMin: 1, gMax: 3, upDown: 0.2 });
    const expected = (1 - 0.8) / (1 / 0.6 + 0.8 / 0.6);
    near('soft bounds, u = 0.2: symmetry point', (symmetryPoint(device)! - 2) * 0.6, expected, 1e-5, FLOAT32);
  });

  test('a reference at the symmetry point puts it at w = 0', () => {
    const use = 'device-models/soft-bounds-reference';
    const { device } = pulsed({ use, gMin: 1, gMax: 3, upDown: 0.2, symmetric: true });
    expect(Math.abs(symmetryPoint(device)! - 2)).toBeLessThan(1e-5);
  });

  test('constant steps of unequal size have none', () => {
    const { device } = pulsed({ use: 'device-models/constant-step', upDown: 0.2 });
    expect(symmetryPoint(device)).toBeUndefined();
  });

  test('states are the steps that fit into the window', () => {
    const { device } = pulsed({ use: 'device-models/constant-step', dw: 0.001 });
    near('steps of 0.001 between ±0.6: states', numberOfStates(device), 1200, 1e-6);
  });
});

describe('A request is answered like a train of pulses', () => {
  const closed = ['constant-step', 'linear-step', 'soft-bounds', 'soft-bounds-pmax'];
  const slope = { gammaUp: 0.5, gammaDown: 0.3 };

  test.each(closed)('%s: n · pulseStep is n pulses, up and down', (id) => {
    const use = `device-models/${id}`;
    const { device, from } = pulsed({ use, gMin: 1, gMax: 3, ...(id === 'linear-step' ? slope : {}) });
    for (const train of [100, -100]) {
      const start = 0.45;
      const expected = from(start, train).at(-1)!;
      const request = train * device.pulseStep;
      const next = evaluate(
        device.respond({ g: input('g'), request: input('request') }),
        { g: tf.tensor1d([1 + 2 * start]), request: tf.tensor1d([request]) },
        [1],
      );
      expect(Math.abs(values(next)[0]! - expected)).toBeLessThan(2e-5);
    }
  });
});

test('Device response: lifetime 10, diffusion .01, 200 mini-batches: the spread of 20,000 devices is .022942', async () => {
  const window = { gMin: 1, gMax: 2 };
  const { effects } = make(decayDiffusion, { config: { lifetime: 10, rate: 0.01, rest: 0.5 } });
  const decays = effects.find((e) => e.stage === 'update')!;
  const zero = constant(0);
  const next = decays.apply(input('g'), { window, before: input('g'), request: zero, pulses: zero });
  const states = tf.tidy(() => {
    let g: tf.Tensor = tf.fill([20_000], 1.5);
    for (let draw = 0; draw < 200; draw++)
      g = evaluate(next, { g }, [20_000], { streams: (name) => randomStream(3, name), draw });
    return values(g);
  });
  const published = 0.022942;
  expect(Math.abs(zOfVariance(states, 1.5, published))).toBeLessThan(Z);
  const spread = Math.sqrt(average(states.map((g) => (g - 1.5) ** 2)));
  table.row('lifetime 10, diffusion 0.01: σ of 20,000 devices', ...beside(published, spread, 4));
});

table.isOnPage();
