import { effectiveMatrix, type WireNetwork } from '@txsim/circuit-models';
import {
  CELL_VOLTS,
  PluginError,
  type Contribution,
  type WireMethod,
  type WireModel,
  type WireNetworkSolver,
} from '@txsim/core';
import { input, type Direction } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { uniformNumbers } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

/** What `describeWireModel` is told of the network behind a model. */
export interface WireModelOptions extends Options {
  /** The network of the configuration, for the comparison with the exact solution. */
  readonly network?: WireNetwork;
  /** The same for the transposed operation, where it differs. */
  readonly backwardNetwork?: WireNetwork;
  /** How far from the exact effective matrix any of its methods may be, relative to that matrix's largest entry. */
  readonly bound?: number;
}

/** Two arrays of a grid, with a spread of conductances as devices have it (1 µS to 100 µS), row by row. */
const SHAPE: [number, number, number, number] = [1, 2, 12, 9];
const CELLS = SHAPE[2] * SHAPE[3];
/** Rounding of sums of float32, relative to the largest entry. */
const ROUNDING = 1e-5;
const DIRECTIONS: readonly Direction[] = ['forward', 'backward'];

/** What holds for every model of wires and each of its methods, be they exact or not. */
export function describeWireModel(
  contribution: Contribution<WireModel>,
  options: WireModelOptions = {},
): void {
  const model = make(contribution, options);
  for (const method of model.methods) describeMethod(contribution.id, method, model.reciprocal, options);
  if (!model.network) return;
  describeNetwork(contribution.id, model.network, throughStraightCells(model), options);
}

/** The network between cells whose curve is a straight line; undefined where the model knows linear cells alone. */
function throughStraightCells(model: WireModel): WireNetworkSolver | undefined {
  try {
    return model.curved?.({ current: input(CELL_VOLTS), readVoltage: 1 }).network;
  } catch (refusal) {
    if (refusal instanceof PluginError) return undefined;
    throw refusal;
  }
}

const arrays = (seed = 1): number[] => uniformNumbers(2 * CELLS, -6, -4, seed).map((e) => 10 ** e);

function describeMethod(
  id: string,
  method: WireMethod,
  reciprocal: boolean,
  options: WireModelOptions,
): void {
  const effective = async (g: readonly number[], direction: Direction, shape = SHAPE): Promise<number[]> => {
    const given = tf.tensor4d(Float32Array.from(g), shape);
    const result = method.effective(given, direction);
    expect(result.shape).toEqual(shape);
    const values = Array.from(await result.data());
    tf.dispose([given, result]);
    return values;
  };
  const bothWays = async (check: (direction: Direction) => Promise<void>): Promise<void> => {
    for (const direction of DIRECTIONS) await check(direction);
  };

  describePromises(`wire model ${id}, method ${method.name}`, options, (promised) => {
    promised('arrays without any conductance conduct nothing', () =>
      bothWays(async (direction) => {
        for (const g of await effective(new Array<number>(2 * CELLS).fill(0), direction))
          expect(Math.abs(g)).toBe(0);
      }),
    );
    promised('lines without any conductance conduct nothing', () =>
      bothWays(async (direction) => {
        const open = (i: number): boolean => Math.floor(i / SHAPE[3]) % SHAPE[2] === 3 || i % SHAPE[3] === 5;
        const found = await effective(arrays().map((g, i) => (open(i) ? 0 : g)), direction); // prettier-ignore
        const limit = ROUNDING * Math.max(...found);
        found.forEach((g, i) => open(i) && expect(Math.abs(g)).toBeLessThanOrEqual(limit));
      }),
    );
    promised('effective conductances are finite and not negative', () =>
      bothWays(async (direction) => {
        const found = await effective(arrays(), direction);
        const limit = ROUNDING * Math.max(...found);
        for (const g of found) expect(g).toBeGreaterThanOrEqual(-limit);
      }),
    );
    promised('no line carries more than it would with ideal wires, all lines driven at 1 V', () =>
      bothWays(async (direction) => {
        const ideal = arrays();
        const found = await effective(ideal, direction);
        for (const lines of [rowSums, columnSums]) {
          const [seen, most] = [lines(found), lines(ideal)];
          seen.forEach((current, i) => expect(current).toBeLessThanOrEqual(most[i]! * (1 + ROUNDING)));
        }
      }),
    );
    promised('arrays do not feel one another', () =>
      bothWays(async (direction) => {
        const together = await effective(arrays(), direction);
        const limit = ROUNDING * Math.max(...together);
        for (const half of [0, 1]) {
          const cells = (v: readonly number[]): number[] => v.slice(half * CELLS, (half + 1) * CELLS);
          const alone = await effective(cells(arrays()), direction, [1, 1, SHAPE[2], SHAPE[3]]);
          cells(together).forEach((g, i) => expect(Math.abs(g - alone[i]!)).toBeLessThanOrEqual(limit));
        }
      }),
    );
    promised('it is reciprocal exactly if both directions have the same matrix', async () => {
      const [forward, backward] = [
        await effective(arrays(), 'forward'),
        await effective(arrays(), 'backward'),
      ];
      const limit = ROUNDING * Math.max(...forward);
      expect(reciprocal).toBe(forward.every((g, i) => Math.abs(g - backward[i]!) <= limit));
    });
    promised('one tensor is made, and the given one stays', async () => {
      const given = tf.tensor4d(Float32Array.from(arrays()), SHAPE);
      const before = tf.memory().numTensors;
      method.effective(given, 'forward');
      expect(tf.memory().numTensors).toBe(before + 1);
      expect(given.isDisposed).toBe(false);
    });
    const { network, backwardNetwork = network, bound } = options;
    if (network && bound !== undefined) {
      promised(`it is within ${bound} of the largest entry of the exact effective matrix`, () =>
        bothWays(async (direction) => {
          const found = await effective(arrays(2), direction);
          const exact = exactly(direction === 'forward' ? network : backwardNetwork!);
          const limit = bound * Math.max(...exact);
          exact.forEach((g, i) => expect(Math.abs(found[i]! - g)).toBeLessThanOrEqual(limit));
        }),
      );
    }
  });
}

/** The exact matrix of the first array of `arrays(2)`. */
const exactly = (network: WireNetwork): number[] => {
  const cells = Array.from({ length: SHAPE[2] }, (_, i) => arrays(2).slice(i * SHAPE[3], (i + 1) * SHAPE[3]));
  return effectiveMatrix(cells, network, 'exact').conductances.flat();
};

/** Rounding of float32 and what a solver's stopping bound leaves, relative to the largest value. */
const SOLVED = 1e-4;

function describeNetwork(
  id: string,
  solver: WireNetworkSolver,
  curved: WireNetworkSolver | undefined,
  options: WireModelOptions,
): void {
  const tensors = (): tf.Tensor4D => tf.tensor4d(Float32Array.from(arrays(2)), SHAPE);
  const close = (found: ArrayLike<number>, expected: ArrayLike<number>): void => {
    const limit = SOLVED * Math.max(...Array.from(expected, Math.abs));
    Array.from(expected).forEach((x, i) => expect(Math.abs(found[i]! - x)).toBeLessThanOrEqual(limit));
  };

  describePromises(`wire model ${id}, the network itself`, options, (promised) => {
    promised('currents are those of volts times the effective conductances, in both directions', async () => {
      for (const direction of DIRECTIONS) {
        const driven = direction === 'forward' ? SHAPE[2] : SHAPE[3];
        const [found, expected] = tf.tidy(() => {
          const volts = tf.tensor4d(uniformNumbers(2 * 3 * driven, -1, 1, 3), [1, 2, 3, driven]);
          const g = tensors();
          const matrix = solver.conductance(g, direction);
          const product = tf.matMul(volts, matrix, false, direction === 'backward');
          return [solver.currents(volts, g, direction), product] as const;
        });
        close(await found.data(), await expected.data());
        tf.dispose([found, expected]);
      }
    });
    promised('the severity is one number per array, in [0, 1), and grows with the conductances', async () => {
      const [weak, strong] = tf.tidy(() => [
        solver.severity(tensors()),
        solver.severity(tf.mul(tensors(), 10)),
      ]);
      expect(weak!.shape).toEqual(SHAPE.slice(0, 2));
      const [less, more] = [await weak!.data(), await strong!.data()];
      less.forEach((rho, i) => {
        expect(rho).toBeGreaterThanOrEqual(0);
        expect(rho).toBeLessThanOrEqual(more[i]!);
        expect(more[i]!).toBeLessThan(1);
      });
      tf.dispose([weak!, strong!]);
    });
    if (curved) {
      promised(
        'through cells with a straight line for a curve, currents are those of linear cells',
        async () => {
          for (const direction of DIRECTIONS) {
            const driven = direction === 'forward' ? SHAPE[2] : SHAPE[3];
            const [found, expected] = tf.tidy(() => {
              const volts = tf.tensor4d(uniformNumbers(2 * 3 * driven, -1, 1, 3), [1, 2, 3, driven]);
              const through = (network: WireNetworkSolver): tf.Tensor =>
                network.currents(volts, tensors(), direction);
              return [through(curved), through(solver)] as const;
            });
            close(await found.data(), await expected.data());
            tf.dispose([found, expected]);
          }
        },
      );
    }
    const { network, backwardNetwork = network } = options;
    if (!network) return;
    promised('conductances are those of the float64 solver', async () => {
      for (const direction of DIRECTIONS) {
        const found = tf.tidy(() => solver.conductance(tensors(), direction));
        close(
          (await found.data()).slice(0, CELLS),
          exactly(direction === 'forward' ? network : backwardNetwork!),
        );
        found.dispose();
      }
    });
  });
}

const sums = (g: readonly number[], lines: number, line: (i: number) => number): number[] => {
  const total = new Array<number>(lines).fill(0);
  g.forEach((x, i) => (total[line(i)]! += x));
  return total;
};
const rowSums = (g: readonly number[]): number[] => sums(g, 2 * SHAPE[2], (i) => Math.floor(i / SHAPE[3]));
const columnSums = (g: readonly number[]): number[] =>
  sums(g, 2 * SHAPE[3], (i) => Math.floor(i / CELLS) * SHAPE[3] + (i % SHAPE[3]));
