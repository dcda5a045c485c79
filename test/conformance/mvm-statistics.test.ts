import { activateWasm } from '@txsim/plugin-backend-wasm';
import { Z_LIMIT } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Stack } from '@txsim/core';
import { labMatrix, values } from '../support/laboratory.js';
import { largest, validationTable } from '../support/validation.js';

beforeAll(activateWasm);

const table = validationTable(
  'Products through converters',
  '16 × 6 weights and four vectors against aihwkit v0.8.0 (`test/fixtures/devices/mvm-statistics.json`): the distance of values, in units of weight × input, where nothing is random, else z-scores of means and spreads of 4000 reads on either side.',
  ['configuration', 'compared', 'largest distance or |z|'],
);

/** A configuration of the peer, as far as the rows that are read here set it. */
interface Parameters {
  readonly inp_bound: number;
  readonly inp_noise: number;
  readonly inp_res: number;
  readonly inp_sto_round: boolean;
  readonly out_bound: number;
  readonly out_noise: number;
  readonly out_res: number;
  readonly out_sto_round: boolean;
  readonly out_nonlinearity: number;
  readonly bound_management: 'NONE' | 'ITERATIVE';
  readonly noise_management: 'NONE' | 'ABS_MAX';
  readonly w_noise: number;
  readonly w_noise_type: 'NONE' | 'ADDITIVE_CONSTANT' | 'PCM_READ';
}

interface Row {
  readonly params: Parameters;
  readonly reps: number;
  readonly deterministic: boolean;
  readonly mean: number[][];
  readonly std: number[][];
}

interface Reference {
  /** [outputs][inputs] */
  readonly W: number[][];
  readonly X: number[][];
  readonly configs: Readonly<Record<string, Row>>;
}

const { W, X, configs } = JSON.parse(
  readFileSync(new URL('../fixtures/devices/mvm-statistics.json', import.meta.url), 'utf8'),
) as Reference;

/** Not defined here: the peer’s approximate wires and series resistance. */
const UNDEFINED = ['ir_drop_1', 'r_series'];
const rows = Object.entries(configs).filter(([name]) => !UNDEFINED.includes(name));

const [G_MIN, G_MAX, VOLTS] = [1e-6, 1e-5, 0.2];
/** The current of a weight of 1 at an input of 1. */
const UNIT = VOLTS * (G_MAX - G_MIN);
/** An exact converter: more bits than float32 has. */
const FINE = 24;
/** Resolution in bits: the step is 1/(2^bits − 2) of the whole range. */
const bitsOf = (step: number): number => (step < 0 ? FINE : Math.round(Math.log2(1 / step + 2)));
/** The factor is at most a quarter of the levels of the DAC, 31.5 at 7 bits. */
const RETRIES = 4;

/**
 * The largest input is 63 levels of a 7-bit DAC, halved 31.5: a tie, which falls up or down with the last bit. So a vector
 * may be read with its scale a little off to either side.
 */
const TIES = [1, 1 + 1e-6, 1 - 1e-6];
const scalesOf = (p: Parameters, x: readonly number[]): ('absMax' | number)[] => {
  if (p.noise_management === 'NONE') return [p.inp_bound];
  if (p.bound_management === 'NONE') return ['absMax'];
  return TIES.map((off) => off * Math.max(...x.map(Math.abs)));
};

const readNoise = ({ w_noise_type, w_noise }: Parameters) =>
  w_noise_type === 'PCM_READ'
    ? { use: 'read-noise', definition: 'root', sigma: w_noise }
    : // Of both devices of a pair.
      { use: 'read-noise', sigma: w_noise / Math.SQRT2 };

function arraysOf(p: Parameters, scale: 'absMax' | number): Partial<Stack['stack']> {
  const adc = { bits: bitsOf(p.out_res), range: p.out_bound * UNIT };
  return {
    // Weights of 0 conduct, and make noise: none where noise goes with the root of the weight.
    device: {
      use: 'device-models/ideal',
      gMin: p.w_noise_type === 'PCM_READ' ? G_MIN / 1e6 : G_MIN,
      gMax: G_MAX,
    },
    mapping: { use: 'mapping', weightRange: 1 },
    dac: {
      use: 'circuit-models/uniform-dac',
      bits: bitsOf(p.inp_res),
      rounding: p.inp_sto_round ? 'stochastic' : 'nearest',
      scale,
      readVoltage: VOLTS,
    },
    driver: { use: 'circuit-models/noisy-driver', sigma: p.inp_noise },
    sense: { use: 'circuit-models/s-shape-sense', s: p.out_nonlinearity, noise: p.out_noise / p.out_bound },
    adc: p.out_sto_round
      ? { use: 'circuit-models/stochastic-adc', ...adc }
      : { use: 'circuit-models/uniform-adc', ...adc, retries: p.bound_management === 'NONE' ? 0 : RETRIES },
    nonIdealities: p.w_noise > 0 ? [readNoise(p)] : [],
  };
}

/** Outputs [reps][outputs] of one vector, with each of the scales that it may have. */
async function reads(p: Parameters, x: number[], reps: number): Promise<number[][][]> {
  const weights = tf.transpose(tf.tensor2d(W)) as tf.Tensor2D;
  const found: number[][][] = [];
  for (const scale of scalesOf(p, x)) {
    const matrix = await labMatrix(weights, arraysOf(p, scale));
    const y = values(matrix.forward(tf.tile(tf.tensor2d([x]), [reps, 1])));
    matrix.dispose();
    found.push(Array.from({ length: reps }, (_, r) => y.slice(r * W.length, (r + 1) * W.length)));
  }
  return found;
}

const ROUNDING = 2e-6 * Math.max(...configs['perfect']!.mean.flat().map(Math.abs));

/** A z-score of what rounding does not explain. */
function scoreOf(off: number, error: number): number {
  const left = Math.max(Math.abs(off) - ROUNDING, 0);
  return left === 0 ? 0 : left / error;
}

interface Moments {
  readonly mean: number;
  readonly std: number;
  /** Of std, from the fourth moment. */
  readonly stdError: number;
}

function momentsOf(y: readonly number[]): Moments {
  const n = y.length;
  const mean = y.reduce((a, b) => a + b) / n;
  const about = (power: number): number => y.reduce((sum, v) => sum + (v - mean) ** power, 0) / n;
  const [variance, fourth] = [about(2), about(4)];
  const std = Math.sqrt(variance);
  return { mean, std, stdError: std === 0 ? 0 : Math.sqrt((fourth - variance ** 2) / n) / (2 * std) };
}

describe('MVM: reference/devices/mvm-statistics.json, aihwkit v0.8.0', () => {
  test.each(rows.filter(([, row]) => row.deterministic))(
    '%s: the same values',
    async (name, { params, mean }) => {
      const nearest: number[] = [];
      for (const [i, x] of X.entries()) {
        const off = (await reads(params, x, 1)).map(([y]) =>
          Math.max(...y!.map((v, j) => Math.abs(v - mean[i]![j]!))),
        );
        nearest.push(Math.min(...off));
        expect(nearest.at(-1)).toBeLessThan(ROUNDING);
      }
      table.row(name, 'values', largest(nearest));
    },
  );

  test.each(rows.filter(([, row]) => !row.deterministic))(
    '%s: means and spreads of 4000 reads, those of the peer as uncertain as ours',
    async (name, { params, reps, mean, std }) => {
      const nearest: number[] = [];
      for (const [i, x] of X.entries()) {
        const worst = (await reads(params, x, reps)).map((found) => {
          const scores = W.map((__, j) => {
            const ours = momentsOf(found.map((row) => row[j]!));
            const error = Math.hypot(ours.std, std[i]![j]!) / Math.sqrt(reps);
            return [
              scoreOf(ours.mean - mean[i]![j]!, error),
              scoreOf(ours.std - std[i]![j]!, Math.SQRT2 * ours.stdError),
            ];
          });
          return Math.max(...scores.flat());
        });
        nearest.push(Math.min(...worst));
        expect(nearest.at(-1)).toBeLessThan(Z_LIMIT);
      }
      table.row(name, 'z', largest(nearest));
    },
  );
});

table.isOnPage();
