import {
  add,
  countCoincidences,
  countProducts,
  effectiveConductance,
  effectiveConductanceReference,
  input,
  multiply,
  exactCurrents,
  exactCurrentsReference,
  lineSeverity,
  lineSeverityReference,
  normal,
  pulsedUpdate,
  pulseTrains,
  randomStream,
  select,
  subtract,
  rankFourConductance,
  rankFourConductanceReference,
  tileOuter,
  tileOuterReference,
  tileProduct,
  tileProductReference,
  tileSum,
  tileSumReference,
  UP,
  type Direction,
  type PulseCounts,
  type PulseProgram,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { promiseExpressions } from './backend/evaluate.js';
import { parityOf } from './backend/parity.js';
import { promiseReads } from './backend/reads.js';
import { promiseTiles } from './backend/tiles.js';
import { promiseTraining } from './backend/training.js';
import { promiseWires } from './backend/wires.js';
import { normalNumbers } from './support/expressions.js';
import { describePromises, type Options } from './support/promises.js';

/** Relative to the largest value. */
const PRODUCTS = 1e-5;
/** What the default stopping bound of `exactCurrents` may leave. */
const NETWORK = 1e-4;

const GRIDS: readonly TileGrid[] = [
  { inputs: 5, outputs: 3, tileRows: 1, tileColumns: 1, rows: 5, columns: 3 },
  { inputs: 21, outputs: 13, tileRows: 3, tileColumns: 2, rows: 8, columns: 8 },
  { inputs: 70, outputs: 33, tileRows: 2, tileColumns: 1, rows: 40, columns: 40 },
];
const BATCH = 5;
const DIRECTIONS: readonly Direction[] = ['forward', 'backward'];

/** A step towards ±1, with noise. */
const PULSE: PulseProgram = {
  state: ['w'],
  next: [
    add(
      input('w'),
      multiply(0.01, subtract(select(input(UP), 1, -1), input('w')), add(1, multiply(0.3, normal('c2c')))),
    ),
  ],
};

const matrix = (rows: number, columns: number, seed: number): tf.Tensor2D =>
  tf.tensor2d(normalNumbers(rows * columns, seed), [rows, columns]);
const tiles = (shape: number[], seed: number): tf.Tensor4D => tf.tensor4d(normalNumbers(shape.reduce((a, b) => a * b), seed), shape as [number, number, number, number]); // prettier-ignore

/** What `describeBackend` is told of an engine. */
export interface BackendOptions extends Pick<Options, 'exempt'> {
  /**
   * Whether arithmetic is that of IEEE 754: each operation rounds once, and subnormal numbers are kept. Otherwise
   * divisions may be wrong by 2.5 units in the last place, a · b + c may round once, and subnormal numbers become 0.
   */
  readonly ieee?: boolean;
  /** Random shapes and expressions per promise; 30. */
  readonly runs?: number;
}

/**
 * What holds for every backend: the operations of @txsim/ops, and those of tfjs that training stands on, give what
 * tfjs' `cpu` backend gives.
 */
export function describeBackend(
  name: string,
  activate: () => Promise<unknown>,
  options: BackendOptions = {},
): void {
  const { exempt, ieee = true, runs = 30 } = options;
  const parity = parityOf(activate, ieee, runs);
  const { close: compare, same } = parity;

  describePromises(`backend ${name}`, { ...(exempt && { exempt }), activate }, (promised) => {
    for (const grid of GRIDS) {
      const { inputs, outputs, tileRows: R, tileColumns: C, rows, columns } = grid;
      const title = `${inputs}×${outputs} in ${R}×${C} tiles of ${rows}×${columns}`;
      for (const direction of DIRECTIONS) {
        const [lines, sensed] = direction === 'forward' ? [inputs, columns] : [outputs, rows];
        promised(`tileProduct ${direction}, ${title}`, () => {
          const x = (): tf.Tensor2D => matrix(BATCH, lines, 1);
          const g = (): tf.Tensor4D => tiles([R, C, rows, columns], 2);
          return compare(() => tileProduct(x(), g(), grid, direction), () => tileProductReference(x(), g(), { grid, direction }), PRODUCTS); // prettier-ignore
        });
        promised(`tileSum ${direction}, ${title}`, () => {
          const currents = (): tf.Tensor4D => tiles([R, C, BATCH, sensed], 3);
          return compare(() => tileSum(currents(), grid, direction), () => tileSumReference(currents(), { grid, direction }), PRODUCTS); // prettier-ignore
        });
      }
      promised(`tileOuter, ${title}`, () => {
        const [x, d] = [() => matrix(BATCH, inputs, 1), () => matrix(BATCH, outputs, 2)];
        return compare(
          () => tileOuter(x(), d(), grid),
          () => tileOuterReference(x(), d(), grid),
          PRODUCTS,
        );
      });
      promised(`pulse trains, their coincidences and an update pulse by pulse, ${title}`, async () => {
        const drawn = (lines: number, seed: number): tf.Tensor2D =>
          pulseTrains(
            matrix(BATCH, lines, seed),
            tf.scalar(0.5),
            tf.scalar(9),
            randomStream(1, `${seed}`),
            30,
          );
        const flat = (counts: PulseCounts): tf.Tensor => tf.stack([counts.up, counts.down]);
        await same(() => flat(countCoincidences(drawn(inputs, 1), drawn(outputs, 2), grid)), 0);
        await same(() => flat(countProducts(matrix(BATCH, inputs, 1), matrix(BATCH, outputs, 2), tf.scalar(0.5), grid)), 0); // prettier-ignore
        const noise = { draw: 30, streams: (stream: string) => randomStream(2, stream) };
        const w = (): tf.Tensor4D => tiles([R, C, rows, columns], 4);
        await same(() => pulsedUpdate(drawn(inputs, 1), drawn(outputs, 2), { w: w() }, PULSE, grid, noise)[0]!, PRODUCTS); // prettier-ignore
      });
      const g = (): tf.Tensor4D => tf.mul(tf.abs(tiles([R, C, rows, columns], 4)), 1e-5);
      const wires = { row: 2, column: 3, rowEnd: 502, columnEnd: 103 };
      promised(
        `effectiveConductance, ${title}`,
        () =>
        compare(() => effectiveConductance(g(), wires), () => effectiveConductanceReference(g(), wires), PRODUCTS), // prettier-ignore
      );
      promised(
        `rankFourConductance, ${title}`,
        () =>
        compare(() => rankFourConductance(g(), wires), () => rankFourConductanceReference(g(), wires), PRODUCTS), // prettier-ignore
      );
      promised(`lineSeverity, ${title}`, () => {
        // A difference from 1, which keeps its digits where wires are long.
        const long = { row: 40, column: 60, rowEnd: 2040, columnEnd: 1060 };
        return compare(() => lineSeverity(g(), long), () => lineSeverityReference(g(), long), PRODUCTS); // prettier-ignore
      });
      promised(`exactCurrents, ${title}`, () => {
        const volts = (): tf.Tensor4D => tf.abs(tiles([R, C, 3, rows], 7));
        return compare(() => exactCurrents(volts(), g(), wires), () => exactCurrentsReference(volts(), g(), wires), NETWORK); // prettier-ignore
      });
    }
    promiseExpressions(promised, parity);
    promiseTiles(promised, parity);
    promiseWires(promised, parity);
    promiseReads(promised, parity);
    promiseTraining(promised, parity);
  });
}
