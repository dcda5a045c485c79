import { readFileSync } from 'node:fs';
import type { UpdateRequest } from '@txsim/core';
import {
  add,
  burst,
  clamp,
  constant,
  evaluate,
  fromTiles,
  input,
  multiply,
  normal,
  planeShape,
  pulsedUpdate,
  randomStream,
  select,
  subtract,
  tileOuter,
  UP,
  type Expression,
  type PulseProgram,
  type TileGrid,
} from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { make } from '@txsim/plugin-testkit';
import { pulsedSgd } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { Z } from '../support/statistics.js';
import { beside, largest, validationTable } from '../support/validation.js';

beforeAll(activateWasm);

const table = validationTable(
  'Pulsed updates',
  'Rate 0.1, step 0.001, x = (1, 0.5, 0.5), d = (0.1, 0.05), managed; means and spreads over 4000 updates.',
);
const peer = validationTable(
  'Pulsed updates of a peer',
  'ΔW after one sample: z-scores of means and variances of 4000 updates against 4000 of aihwkit v0.8.0 (`test/fixtures/devices/update-statistics.json`).',
  ['run', 'compared', 'largest |z|'],
);

type Config = Readonly<Record<string, unknown>>;

/** A device whose step is a fraction 1 − s·w/bound of dw, s = ±1 (soft bounds), or dw itself (constant step). */
interface Device {
  readonly dw: number;
  readonly bound: number;
  readonly soft: boolean;
  readonly cycleToCycle: number;
}

const W = input('w');
function onePulse({ dw, bound, soft, cycleToCycle }: Device, up: Expression): Expression {
  const toBound = soft ? subtract(select(up, 1, -1), multiply(W, 1 / bound)) : select(up, 1, -1);
  return add(W, multiply(toBound, dw, add(1, multiply(cycleToCycle, normal('c2c')))));
}

/** What pulsed SGD asks of arrays named "w" for a batch whose first sample has a number. */
function asker(
  config: Config,
  grid: TileGrid,
  pulseStep: number,
  rate: number,
  x: tf.Tensor2D,
  d: tf.Tensor2D,
): (firstSample: number) => readonly UpdateRequest[] {
  let asked: UpdateRequest[] = [];
  const none = (): never => {
    throw new Error('pulsed SGD neither reads nor remembers');
  };
  const write = (request: UpdateRequest): void => {
    // Counts are gone when they are written, unless somebody keeps them.
    if (request.kind === 'counts') [request.up, request.down].forEach((n) => tf.keep(n));
    asked.push(request);
  };
  const arrays = { name: 'w', grid, weightRange: 1, pulseStep, write, forward: none, read: none };
  const learn = make(pulsedSgd, { config }).open({ arrays: [arrays], remember: none });
  return (firstSample) => {
    asked = [];
    learn({
      step: 0,
      rate,
      largest: () => ({ x: tf.max(tf.abs(x)), d: tf.max(tf.abs(d)) }),
      gradient: (factor = 1) => tileOuter(x, tf.mul(d, factor), grid),
      forEachPart: (visit) => visit({ x, d, firstSample }),
    });
    return asked;
  };
}

/** Copies of the sample in blocks along the diagonal; what lies off it is not looked at. */
const COPIES = 16;

/** ΔW[copies of each weight], rows x, columns d, of one sample after another from weights 0. */
async function updates(device: Device, config: Config, sample: Sample, reps: number): Promise<number[][]> {
  const { x, d, rate } = sample;
  const grid: TileGrid = { inputs: COPIES * x.length, outputs: COPIES * d.length, tileRows: 1, tileColumns: 1, rows: COPIES * x.length, columns: COPIES * d.length }; // prettier-ignore
  const repeat = (v: readonly number[]): tf.Tensor2D => tf.tensor2d([Array.from({ length: COPIES }, () => v).flat()]); // prettier-ignore
  const limit = (e: Expression): Expression => clamp(e, -device.bound, device.bound);
  const program: PulseProgram = { state: ['w'], next: [limit(onePulse(device, input(UP)))] };
  const write = (up: 0 | 1, n: string): Expression => burst(onePulse(device, constant(up)), W, input(n));
  const bursts = limit(subtract(add(write(1, 'up'), write(0, 'down')), W));
  const w = tf.zeros(planeShape(grid));
  const found: number[][] = x.flatMap(() => d.map(() => []));
  const [rows, columns] = [repeat(x), repeat(d)];
  const ask = asker(config, grid, device.dw, rate, rows, columns);
  for (let rep = 0; rep < reps / COPIES; rep++) {
    const result = tf.tidy(() => {
      const requests = ask(rep);
      const changed = requests.reduce<tf.Tensor4D>((now, request, k) => {
        const noise = { streams: (name: string) => randomStream(1, name), draw: rep * requests.length + k };
        if (request.kind === 'delta') return tf.add<tf.Tensor4D>(now, request.delta);
        if (request.kind === 'net') throw new Error('pulsed SGD tells up and down');
        if (request.kind === 'trains') return pulsedUpdate(request.x, request.d, { w: now }, program, grid, noise)[0]!; // prettier-ignore
        const next = evaluate(
          bursts,
          { w: now, up: request.up, down: request.down },
          planeShape(grid),
          noise,
        );
        tf.dispose([request.up, request.down]);
        return next as tf.Tensor4D;
      }, w as tf.Tensor4D);
      return fromTiles(changed, grid);
    });
    const values = await result.data();
    result.dispose();
    for (let c = 0; c < COPIES; c++)
      x.forEach((_, i) =>
        d.forEach((__, j) =>
          found[i * d.length + j]!.push(values[(c * x.length + i) * grid.outputs + c * d.length + j]!),
        ),
      );
  }
  tf.dispose([w, rows, columns]);
  return found;
}

interface Sample {
  readonly x: readonly number[];
  readonly d: readonly number[];
  readonly rate: number;
}

interface Moments {
  readonly mean: number;
  readonly std: number;
  readonly fourth: number;
}

function moments(sample: readonly number[]): Moments {
  const mean = sample.reduce((a, b) => a + b, 0) / sample.length;
  const central = (k: number): number => sample.reduce((sum, v) => sum + (v - mean) ** k, 0) / sample.length;
  return { mean, std: Math.sqrt(central(2)), fourth: central(4) };
}

/**
 * BL · p_x · p_d of an implicit count, with numbers of float64: what both simulators round, after they have come to it by
 * roundings of float32.
 */
function exactCount(run: Run, i: number, j: number): number {
  const [x, d] = [run.x, run.d].map((v) => Math.max(...v.map(Math.abs))) as [number, number];
  const k = (run.lr * x * d) / run.dw_min;
  const slots = run.update_bl_management ? Math.min(Math.ceil(k), run.desired_bl) : run.desired_bl;
  const both = Math.sqrt(run.lr / (run.dw_min * slots));
  const ratio = run.update_management ? Math.sqrt(x / (d * Math.min(1, run.desired_bl / k))) : 1;
  const [px, pd] = [(both / ratio) * Math.abs(run.x[i]!), both * ratio * Math.abs(run.d[j]!)];
  return slots * Math.min(px, 1) * Math.min(pd, 1);
}

/**
 * Roundings of float32 on the way to a count: the two inputs, lr, dw, lr/dw, its quotient by BL, the root (half of what is
 * in it, and its own), two scales and their products with x and d, the product with BL, the product of both.
 */
const ROUNDINGS = 13;
const EPSILON = 2 ** -24;

/** The counts that float32 arithmetic may find: one, or both neighbours where a half is nearer than its roundings reach. */
function possibleCounts(count: number): readonly number[] {
  const reach = ROUNDINGS * EPSILON * count;
  return [...new Set([Math.round(count - reach), Math.round(count + reach)])];
}

/** Float32 sums of up to 31 steps. */
const ROUNDING = 2e-7;

/** Standard errors between a sample's mean and a known one, or one of `reps` numbers of the same spread. */
function zOfMeans(ours: Moments, n: number, mean: number, reps = Infinity): number {
  const apart = Math.max(0, Math.abs(ours.mean - mean) - ROUNDING);
  return apart === 0 ? 0 : apart / (ours.std * Math.sqrt(1 / n + 1 / reps));
}

/** The same for variances, Var(s²) = (μ₄ − σ⁴)/n. */
function zOfVariances(ours: Moments, n: number, std: number, reps = Infinity): number {
  const apart = Math.abs(ours.std ** 2 - std ** 2);
  if (apart < 2 * ROUNDING * Math.max(ours.std, std, ROUNDING)) return 0;
  return apart / Math.sqrt((ours.fourth - ours.std ** 4) * (1 / n + 1 / reps));
}

const REPS = 4000;
const constantStep: Device = { dw: 1e-3, bound: 0.6, soft: false, cycleToCycle: 0 };

describe('Update: lr .1, dw .001, x = (1, .5, .5), d = (.1, .05), managed', () => {
  const sample: Sample = { x: [1, 0.5, 0.5], d: [0.1, 0.05], rate: 0.1 };
  const grid: TileGrid = { inputs: 3, outputs: 2, tileRows: 1, tileColumns: 1, rows: 3, columns: 2 };
  const request = (config: Config, x: readonly number[] = sample.x) =>
    asker(config, grid, 1e-3, 0.1, tf.tensor2d([[...x]]), tf.tensor2d([[...sample.d]]))(0);

  test('BL = 10: lines of probability 1 fire in ten slots, others only in those', async () => {
    const [asked] = request({});
    if (asked?.kind !== 'trains') throw new Error(asked?.kind);
    const [x, d] = [await asked.x.data(), await asked.d.data()];
    expect([x[0], d[0]]).toEqual([1023, 1023]);
    table.row('slots: BL', ...beside(10, x[0]!.toString(2).length));
    for (const train of [...x, ...d]) expect(train & ~1023).toBe(0);
  });

  test(`mean ΔW = −lr·xᵀd, and its spread is that of Binomial(10, p_x p_d), ${REPS} updates`, async () => {
    const found = await updates(constantStep, {}, sample, REPS);
    found.forEach((w, k) => {
      const ours = moments(w);
      const [i, j] = [Math.floor(k / 2), k % 2];
      const mean = -0.1 * sample.x[i]! * sample.d[j]!;
      expect(zOfMeans(ours, w.length, mean)).toBeLessThan(Z);
      table.row(`mean ΔW[${i}, ${j}]`, ...beside(Number(mean.toPrecision(12)), ours.mean, 4));
      const p = [1, 0.5, 0.5][i]! * [1, 0.5][j]!;
      expect(zOfVariances(ours, w.length, 1e-3 * Math.sqrt(10 * p * (1 - p)))).toBeLessThan(Z);
    });
  });

  test(`c2c .3, no bounds: std of w00, w01, w11, ${REPS} updates`, async () => {
    const device = { ...constantStep, bound: 1e3, cycleToCycle: 0.3 };
    const found = await updates(device, {}, sample, REPS);
    const spread = (i: number, j: number, std: number): void => {
      const w = found[2 * i + j]!;
      const ours = moments(w);
      expect(zOfVariances(ours, w.length, std)).toBeLessThan(Z);
      table.row(`σ of ΔW[${i}, ${j}], cycle to cycle 0.3`, ...beside(std, ours.std, 4));
    };
    // The source's first index is d's.
    spread(0, 0, 9.487e-4);
    spread(1, 0, 1.71756e-3);
    spread(1, 1, 1.44914e-3);
  });

  test('deterministic implicit, x = (1, .5, .3): counts (10, 5, 3; 5, ·, ·)', async () => {
    const [asked] = request({ pulses: 'deterministic-implicit', application: 'aggregated' }, [1, 0.5, 0.3]);
    if (asked?.kind !== 'counts') throw new Error(asked?.kind);
    const down = await fromTiles(asked.down, grid).data();
    const counts = [down[0]!, down[2]!, down[4]!, down[1]!];
    expect(counts).toEqual([10, 5, 3, 5]);
    table.row('deterministic implicit, x = (1, 0.5, 0.3): counts', ...beside([10, 5, 3, 5], counts));
    expect(Math.max(...(await asked.up.data()))).toBe(0);
  });
});

interface Run {
  readonly device: string;
  readonly pulse_type: string;
  readonly update_bl_management: boolean;
  readonly update_management: boolean;
  readonly desired_bl: number;
  readonly lr: number;
  readonly dw_min: number;
  readonly reps: number;
  readonly x: number[];
  readonly d: number[];
  readonly mean: number[][];
  readonly std: number[][];
}

const file = new URL('../fixtures/devices/update-statistics.json', import.meta.url);
const { runs } = JSON.parse(readFileSync(file, 'utf8')) as { runs: Run[] };

const deviceOf = (run: Run): Device => ({
  dw: run.dw_min,
  bound: 0.6,
  soft: run.device.startsWith('SoftBounds'),
  cycleToCycle: run.device.endsWith('_c2c') ? 0.3 : 0,
});
const configOf = (run: Run): Config => ({
  pulses: run.pulse_type.startsWith('STOCHASTIC') ? 'stochastic' : 'deterministic-implicit',
  // Of constant steps a burst is as exact as one pulse after the other, and faster.
  application:
    run.pulse_type.startsWith('STOCHASTIC') || run.device.startsWith('Soft') ? 'exact' : 'aggregated',
  bitLength: run.desired_bl,
  manageBitLength: run.update_bl_management,
  manageUpdate: run.update_management,
});

describe(`Update: devices of a line share its train, x = (.2, .2), d = (.05, .05), BL 10, ${REPS} updates`, () => {
  // p_x = √(lr/(dw·BL)) · .2 = .632, p_d = .158; a slot adds p_x p_d² − (p_x p_d)² to a row's covariance, and so on.
  const [px, pd] = [Math.sqrt(10) * 0.2, Math.sqrt(10) * 0.05];
  const unmanaged = { bitLength: 10, manageBitLength: false, manageUpdate: false };
  let found: number[][] = [];
  beforeAll(async () => {
    found = await updates(constantStep, unmanaged, { x: [0.2, 0.2], d: [0.05, 0.05], rate: 0.1 }, REPS);
  });

  test.each([
    ['one row', 0, 1, px * (1 - px) * pd ** 2],
    ['the other row', 2, 3, px * (1 - px) * pd ** 2],
    ['one column', 0, 2, pd * (1 - pd) * px ** 2],
    ['the other column', 1, 3, pd * (1 - pd) * px ** 2],
    ['no line in common', 0, 3, 0],
  ])('%s: the covariance of ΔW is that of the shared trains', (_, a, b, perSlot) => {
    const mean = -0.1 * 0.2 * 0.05;
    const products = found[a]!.map((w, k) => (w - mean) * (found[b]![k]! - mean));
    const { mean: covariance, std } = moments(products);
    const z = (covariance - 10 * perSlot * constantStep.dw ** 2) / (std / Math.sqrt(products.length));
    expect(Math.abs(z)).toBeLessThan(Z);
  });
});

test('implicit counts: a half goes to the even number where float32 is exact', async () => {
  const found = async (x: readonly number[], d: number): Promise<number[]> => {
    const config = { pulses: 'deterministic-implicit', application: 'aggregated', bitLength: 16, manageBitLength: false, manageUpdate: false } as const; // prettier-ignore
    const grid = { inputs: x.length, outputs: 1, tileRows: 1, tileColumns: 1, rows: x.length, columns: 1 };
    const [asked] = asker(config, grid, 1, 16, tf.tensor2d([[...x]]), tf.tensor2d([[d]]))(0);
    if (asked?.kind !== 'counts') throw new Error(asked?.kind);
    return Array.from(await asked.down.data());
  };
  // 16 · 1 · x · d with powers of 2: ½, 1½, 2½, 3½ and numbers beside them.
  expect(
    await found(
      [0.5, 1.5, 2.5, 3.5, 2.4375, 2.5625].map((n) => n / 8),
      0.5,
    ),
  ).toEqual([0, 2, 2, 4, 2, 3]);
});

/** The pulses, one after the other, that change a weight by so much from 0. */
const pulsesOf = ({ dw, bound, soft }: Device, change: number): number =>
  soft ? Math.log1p(-change / bound) / Math.log1p(-dw / bound) : change / dw;

describe(`Update: update-statistics.json, |z| < ${Z} against its ${REPS} updates with ${REPS} of ours`, () => {
  test.each(
    runs.map(
      (run, k) =>
        [
          `${k}: ${run.device} ${run.pulse_type} BL ${run.desired_bl} lr ${run.lr} managed ${run.update_management}`,
          run,
        ] as const,
    ),
  )(
    // prettier-ignore
    '%s',
    async (name, run) => {
      const scores: number[] = [];
      const device = deviceOf(run);
      // Counts without noise are the same in every update.
      const silent = run.pulse_type === 'DETERMINISTIC_IMPLICIT' && device.cycleToCycle === 0;
      const sample = { x: run.x, d: run.d, rate: run.lr };
      const found = await updates(device, configOf(run), sample, silent ? COPIES : REPS);
      found.forEach((w, k) => {
        const [i, j] = [Math.floor(k / run.d.length), k % run.d.length];
        const ours = moments(w);
        const [mean, std] = [run.mean[j]![i]!, run.std[j]![i]!];
        if (run.pulse_type === 'DETERMINISTIC_IMPLICIT') {
          // Neither a half nor its neighbour is wrong where float32 cannot tell; else both must have found the one count.
          const possible = possibleCounts(exactCount(run, i, j));
          const n = Math.round(pulsesOf(device, Math.abs(ours.mean)));
          const theirs = Math.round(pulsesOf(device, Math.abs(mean)));
          const name = `w[${i}, ${j}], ${exactCount(run, i, j)} pulses`;
          expect(possible, `${name}: ours`).toContain(n);
          expect(possible, `${name}: theirs`).toContain(theirs);
          if (n !== theirs) return;
        }
        const [m, s] = [
          zOfMeans(ours, w.length, mean, run.reps),
          zOfVariances(ours, w.length, std, run.reps),
        ];
        scores.push(m, s);
        expect(m, `mean of w[${i}, ${j}]`).toBeLessThan(Z);
        expect(s, `std of w[${i}, ${j}]`).toBeLessThan(Z);
      });
      if (scores.length > 0) peer.row(name, `${scores.length} moments`, largest(scores));
    },
  );
});

table.isOnPage();
peer.isOnPage();
