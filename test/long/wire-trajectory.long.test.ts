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
import { mnist } from '@txsim/plugin-mnist';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import { interpolated } from '@txsim/plugin-speedup';
import { make } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, expect, test } from 'vitest';

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
const distortion = (every: number): Policy => ({
  name: `interpolated, L = ${every}`,
  solve: exact,
  open: () => make(interpolated, { config: { every } }).open(),
});
const POLICIES: readonly Policy[] = [
  { name: 'ideal', solve: (g) => g.clone() },
  { name: 'ladder', solve: ladder },
  { name: 'ladder2', solve: ladder2 },
  { name: 'ladder, anchored, K = 1000', solve: ladder, open: () => new AnchoredSession(1000) },
  { name: 'ladder, anchored, K = 100', solve: ladder, open: () => new AnchoredSession(100) },
  { name: 'ladder2, anchored, K = 500', solve: ladder2, open: () => new AnchoredSession(500) },
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

/** One-sided pairs: the side that is not used is at the smallest conductance. */
const planesOf = (w: tf.Tensor2D, on: number, grid: TileGrid): tf.Tensor4D[] =>
  [w, tf.neg(w) as tf.Tensor2D].map((signed) => {
    const off = on / 20;
    return toTiles(tf.add(tf.mul(tf.clipByValue(signed, 0, 1), on - off), off), grid);
  });

async function digits(): Promise<(step: number) => { x: tf.Tensor2D; y: tf.Tensor2D }> {
  const require = createRequire(import.meta.url);
  const readMnist = (path: string): Promise<Uint8Array> => readFile(require.resolve(path));
  const { train } = await make(mnist, { readFile: readMnist }).load();
  return (step) => {
    const { features, labels } = train.samples(
      Array.from({ length: BATCH }, (_, k) => (step * BATCH + k) % train.size),
    );
    return {
      x: tf.tensor2d(features, [BATCH, 784]),
      y: tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat() as tf.Tensor2D,
    };
  };
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

async function trajectory(ohms: number) {
  const batchOf = await digits();
  const weights = initialWeights();
  const optimizer = tf.train.sgd(RATE);
  const grids = weights.map((w) => gridOf(...w.shape));
  const sessions = POLICIES.map(({ open }) => weights.map(() => [open?.(), open?.()]));
  const worst = POLICIES.map(() => weights.map(() => 0));
  const losses = weights.map(() => 0);
  for (let step = 0; step < STEPS; step++) {
    const { x, y } = batchOf(step);
    // As far from a refresh as it gets, for policies whose period divides 50.
    const checked = step % CHECK === CHECK - 1;
    tf.tidy(() => {
      const inputs = checked ? activations(x, weights) : [];
      weights.forEach((w, layer) => {
        const grid = grids[layer]!;
        const planes = planesOf(w as tf.Tensor2D, 1 / ohms, grid);
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
  [1e5, { ladder: 5e-3, anchored: 3e-3 }],
  [2e4, { ladder: 5e-3, anchored: 3e-3 }],
])(
  'devices of %d Ω, 1000 steps: the largest differential error of each policy',
  async (ohms, limits) => {
    const { worst, losses } = await trajectory(ohms);
    console.log(`${ohms} Ω, lost ${losses.map(percent).join(' / ')}`);
    POLICIES.forEach(({ name }, p) =>
      console.log(`${name.padEnd(30)} ${worst[p]!.map(percent).join(' / ')}`),
    );
    const of = (name: string): number =>
      Math.max(...worst[POLICIES.findIndex((policy) => policy.name === name)]!);
    expect(of('ladder')).toBeLessThan(limits.ladder);
    expect(of('ladder, anchored, K = 1000')).toBeLessThan(limits.anchored);
    expect(of('ladder, anchored, K = 100')).toBeLessThan(of('ladder, anchored, K = 1000'));
    expect(of('ladder2')).toBeLessThan(of('ladder'));
    expect(of('ladder')).toBeLessThan(of('interpolated, L = 10'));
  },
  1_800_000,
);
