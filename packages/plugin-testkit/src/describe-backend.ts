import {
  add,
  countCoincidences,
  countProducts,
  effectiveConductance,
  effectiveConductanceReference,
  evaluate,
  evaluateReference,
  fillNormal,
  fillUniform,
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
  uniform,
  UP,
  type Direction,
  type PulseCounts,
  type PulseProgram,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { OPERATIONS } from './support/operations.js';
import { normalNumbers } from './support/expressions.js';
import { describePromises, type Options } from './support/promises.js';

/** Relative to the largest value. */
const PRODUCTS = 1e-5;
const OPERATION = 1e-6;
const NORMAL = 2e-6;
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

/**
 * What holds for every backend: the operations of @txsim/ops, and those of tfjs that training stands on, give what
 * tfjs' `cpu` backend gives.
 */
export function describeBackend(
  name: string,
  activate: () => Promise<unknown>,
  options: Pick<Options, 'exempt'> = {},
): void {
  /** The values of `made` on the backend and of `expected` on cpu, and how far they are apart at most. */
  const compare = async (
    made: () => tf.Tensor,
    expected: () => tf.Tensor,
    tolerance: number,
  ): Promise<void> => {
    await tf.setBackend('cpu');
    const reference = await tf.tidy(expected).data();
    await activate();
    const result = tf.tidy(made);
    const found = await result.data();
    result.dispose();
    expect(found).toHaveLength(reference.length);
    const limit = tolerance * Math.max(...Array.from(reference, Math.abs));
    found.forEach((x, i) => expect(Math.abs(x - reference[i]!)).toBeLessThanOrEqual(limit));
  };
  const same = (compute: () => tf.Tensor, tolerance: number): Promise<void> =>
    compare(compute, compute, tolerance);

  describePromises(`backend ${name}`, { ...options, activate }, (promised) => {
    for (const [operation, { expression, low, high }] of Object.entries(OPERATIONS)) {
      promised(`expressions: ${operation}`, async () => {
        const inputs = (): Record<string, tf.Tensor> => ({
          a: tf.linspace(low, high, 65).reshape([13, 5]),
          b: tf.tensor1d([0.5, 1, 1.5, 2, -0.25].map((x) => (operation === 'power' ? Math.abs(x) : x))),
        });
        const attributes = { expression, shape: [13, 5], keys: [], draw: 0 };
        await compare(() => evaluate(expression, inputs(), [13, 5]), () => evaluateReference(inputs(), attributes), OPERATION); // prettier-ignore
      });
    }
    for (const shape of [[1], [7], [16], [3, 5, 7]]) {
      const size = shape.reduce((a, b) => a * b);
      const stream = randomStream(7, 'testkit', 'noise');
      const drawn = async (kind: 'uniform' | 'normal'): Promise<Float32Array> => {
        const noise = { draw: 2 ** 33 + 5, streams: () => stream };
        const result = evaluate((kind === 'uniform' ? uniform : normal)('noise'), {}, shape, noise);
        return (await result.data()) as Float32Array;
      };
      promised(
        `uniform noise of shape ${shape.join('×')} is that of the reference, bit for bit`,
        async () => {
          const expected = new Float32Array(size);
          fillUniform(stream, 2 ** 33 + 5, 0, expected);
          expect(Array.from(await drawn('uniform'))).toEqual(Array.from(expected));
        },
      );
      promised(`normal noise of shape ${shape.join('×')} is that of the reference to 2e-6`, async () => {
        const expected = new Float32Array(size);
        fillNormal(stream, 2 ** 33 + 5, 0, expected);
        (await drawn('normal')).forEach((x, i) =>
          expect(Math.abs(x - expected[i]!)).toBeLessThanOrEqual(NORMAL),
        );
      });
    }
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
      promised(`lineSeverity, ${title}`, () =>
        compare(
          () => lineSeverity(g(), wires),
          () => lineSeverityReference(g(), wires),
          PRODUCTS,
        ),
      );
      promised(`exactCurrents, ${title}`, () => {
        const volts = (): tf.Tensor4D => tf.abs(tiles([R, C, 3, rows], 7));
        return compare(() => exactCurrents(volts(), g(), wires), () => exactCurrentsReference(volts(), g(), wires), NETWORK); // prettier-ignore
      });
    }
    for (const [a, b] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]) {
      // prettier-ignore
      promised(`matMul, transposed: ${a}, ${b}`, () =>
        same(() => tf.matMul(a ? matrix(17, 9, 1) : matrix(9, 17, 1), b ? matrix(11, 17, 2) : matrix(17, 11, 2), a, b), PRODUCTS), // prettier-ignore
      );
    }
    const image = (): tf.Tensor4D => tiles([2, 7, 6, 3], 5);
    const filter = (): tf.Tensor4D => tiles([3, 3, 3, 4], 6);
    const loss = (...[x, w]: tf.Tensor[]): tf.Scalar =>
      tf.sum(tf.square(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same')));
    promised('conv2d', () => same(() => tf.conv2d(image(), filter(), 1, 'same'), PRODUCTS));
    promised('the gradient of conv2d at its input', () => same(() => tf.grads(loss)([image(), filter()])[0]!, PRODUCTS)); // prettier-ignore
    promised('the gradient of conv2d at its filter', () => same(() => tf.grads(loss)([image(), filter()])[1]!, PRODUCTS)); // prettier-ignore
  });
}
