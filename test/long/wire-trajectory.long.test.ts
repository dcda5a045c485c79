import { AnchoredSession } from '@txsim/circuit-models';
import type { SpeedupSession, WireSolver } from '@txsim/core';
import {
  effectiveConductance,
  exactConductance,
  fillNormal,
  fromTiles,
  randomStream,
  rankFourConductance,
  tileProduct,
  toTiles,
  type LineResistances,
  type TileGrid,
} from '@txsim/ops';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { interpolated } from '@txsim/plugin-speedup';
import { make } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { digits } from '../support/digits.js';

/**
 * An open-loop training trajectory: a network learns digitally, its weights at every step stand on tiles of 128 × 128
 * with wires, and each policy follows them. At steps 49, 99, … its outputs are compared with those of the network of
 * resistances for the true activations: |ΔI| / |I| of the differences of the two planes. The final weights would not do:
 * training is chaotic, and perturbing it by rounding changes them as much.
 */
const UNITS = [784, 256, 128, 10];
const [STEPS, CHECK, BATCH, RATE, TILE] = [1000, 50, 64, 0.1, 128];
const LINES: LineResistances = { row: 2, column: 2, rowEnd: 502, columnEnd: 502 };

const exact: WireSolver = (g) => exactConductance(g, LINES);
const ladder: WireSolver = (g) => effectiveConductance(g, LINES);
const ladder2: WireSolver = (g) => rankFourConductance(g, LINES);

interface Policy {
  readonly name: string;
  readonly solve: WireSolver;
  readonly open?: () => SpeedupSession;
}
const distortion = (every: number): Policy & Required<Pick<Policy, 'open'>> => ({
  name: `interpolated, L = ${every}`,
  solve: exact,
  open: () => make(interpolated, { config: { every } }).open(),
});
/** Refreshed at every step: nothing is remembered from one to the next. */
const always = ({ name, solve, open }: ReturnType<typeof distortion>): Policy => ({
  name,
  solve: (g) => {
    const session = open();
    const effective = session.effective(g, 0, solve, exact);
    session.dispose();
    return effective;
  },
});
const POLICIES: readonly Policy[] = [
  { name: 'ideal', solve: (g) => g.clone() },
  { name: 'ladder', solve: ladder },
  { name: 'ladder2', solve: ladder2 },
  { name: 'ladder, anchored, K = 1000', solve: ladder, open: () => new AnchoredSession(1000) },
  { name: 'ladder, anchored, K = 100', solve: ladder, open: () => new AnchoredSession(100) },
  { name: 'ladder2, anchored, K = 500', solve: ladder2, open: () => new AnchoredSession(500) },
  always(distortion(1)),
  distortion(10),
  distortion(100),
];

beforeAll(activateWasm);

const gridOf = (inputs: number, outputs: number): TileGrid => ({
  inputs,
  outputs,
  tileRows: Math.ceil(inputs / TILE),
  tileColumns: Math.ceil(outputs / TILE),
  rows: TILE,
  columns: TILE,
});

/** Devices from `ohms` on up to twenty times as many. */
interface Devices {
  readonly ohms: number;
  /** One-sided pairs: the side that is not used is at the smallest conductance. Two-sided: both move about the middle. */
  readonly sides: 'one' | 'two';
}

function planesOf(w: tf.Tensor2D, { ohms, sides }: Devices, grid: TileGrid): tf.Tensor4D[] {
  const [on, off] = [1 / ohms, 1 / ohms / 20];
  return [w, tf.neg(w) as tf.Tensor2D].map((signed) => {
    const state = sides === 'one' ? tf.clipByValue(signed, 0, 1) : tf.div(tf.add(tf.clipByValue(signed, -1, 1), 1), 2); // prettier-ignore
    return toTiles(tf.add(tf.mul(state, on - off), off) as tf.Tensor2D, grid);
  });
}

function initialWeights(): tf.Variable<tf.Rank.R2>[] {
  return UNITS.slice(1).map((outputs, layer) => {
    const inputs = UNITS[layer]!;
    const values = new Float32Array(inputs * outputs);
    fillNormal(randomStream(1, 'trajectory', `${layer}`), 0, 0, values);
    return tf.variable(tf.tensor2d(values.map((v) => v * Math.sqrt(2 / inputs)), [inputs, outputs])); // prettier-ignore
  });
}

/** Inputs of each layer, and the output. */
function activations(x: tf.Tensor2D, weights: readonly tf.Tensor2D[]): tf.Tensor2D[] {
  const inputs = [x];
  weights.forEach((w, layer) => {
    const sums = tf.matMul<tf.Tensor2D>(inputs[layer]!, w);
    inputs.push(layer + 1 < weights.length ? tf.relu(sums) : sums);
  });
  return inputs;
}

const norm = (t: tf.Tensor): number => Math.sqrt(tf.sum(tf.square(t)).dataSync()[0]!);

async function trajectory(devices: Devices) {
  const { train, trainSize } = await digits();
  const weights = initialWeights();
  const optimizer = tf.train.sgd(RATE);
  const grids = weights.map((w) => gridOf(...w.shape));
  const sessions = POLICIES.map(({ open }) => weights.map(() => [open?.(), open?.()]));
  const worst = POLICIES.map(() => weights.map(() => 0));
  const losses = weights.map(() => 0);
  for (let step = 0; step < STEPS; step++) {
    const { x, y } = train(Array.from({ length: BATCH }, (_, k) => (step * BATCH + k) % trainSize));
    // As far from a refresh as it gets, for policies whose period divides 50.
    const checked = step % CHECK === CHECK - 1;
    tf.tidy(() => {
      const inputs = checked ? activations(x, weights) : [];
      weights.forEach((w, layer) => {
        const grid = grids[layer]!;
        const planes = planesOf(w as tf.Tensor2D, devices, grid);
        const truth = checked ? planes.map(exact) : [];
        const difference = (matrices: readonly tf.Tensor4D[]): tf.Tensor => {
          const [plus, minus] = matrices.map((g) => tileProduct(inputs[layer]!, g, grid, 'forward'));
          return tf.sub(plus!, minus!);
        };
        if (checked) {
          const kept = tf.sum(fromTiles(truth[0]!, grid)).dataSync()[0]!;
          losses[layer] = Math.max(
            losses[layer]!,
            1 - kept / tf.sum(fromTiles(planes[0]!, grid)).dataSync()[0]!,
          );
        }
        POLICIES.forEach(({ solve, open }, p) => {
          if (!open && !checked) return;
          const matrices = planes.map((g, side) => {
            const session = sessions[p]![layer]![side];
            return session ? session.effective(g, step, solve, exact) : solve(g);
          });
          if (!checked) return;
          const expected = difference(truth);
          const error = norm(tf.sub(difference(matrices), expected)) / norm(expected);
          worst[p]![layer] = Math.max(worst[p]![layer]!, error);
        });
      });
    });
    const loss = optimizer.minimize(
      () => tf.losses.softmaxCrossEntropy(y, activations(x, weights as tf.Tensor2D[]).at(-1)!) as tf.Scalar,
      true,
    );
    tf.dispose([x, y, loss!]);
  }
  return { worst, losses };
}

const percent = (fraction: number): string => `${(100 * fraction).toPrecision(2)} %`;

test.each([
  { ohms: 1e5, sides: 'one' },
  { ohms: 2e4, sides: 'one' },
  { ohms: 1e5, sides: 'two' },
] as const)(
  'devices from $ohms Ω, $sides-sided pairs, 1000 steps: the largest differential error of each policy',
  async (devices) => {
    const { worst, losses } = await trajectory(devices);
    console.log(`${devices.ohms} Ω, ${devices.sides}-sided, lost ${losses.map(percent).join(' / ')}`);
    POLICIES.forEach(({ name }, p) =>
      console.log(`${name.padEnd(30)} ${worst[p]!.map(percent).join(' / ')}`),
    );
    const of = (name: string): number =>
      Math.max(...worst[POLICIES.findIndex((policy) => policy.name === name)]!);
    expect(of('ladder')).toBeLessThan(5e-3);
    expect(of('ladder, anchored, K = 1000')).toBeLessThan(3e-3);
    expect(of('ladder, anchored, K = 100')).toBeLessThan(of('ladder, anchored, K = 1000'));
    expect(of('ladder2')).toBeLessThan(of('ladder'));
    expect(of('ladder')).toBeLessThan(of('interpolated, L = 10'));
  },
  1_800_000,
);
