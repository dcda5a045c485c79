import {
  add,
  clamp,
  convolutionGeometry,
  crossbarRead,
  crossbarReadReference,
  divide,
  input,
  largestMagnitudes,
  largestMagnitudesReference,
  multiply,
  normal,
  patchSize,
  READ_INPUTS,
  readoutMatrices,
  readoutMatricesReference,
  round,
  subtract,
  withNoise,
  type Direction,
  type Expression,
  type MatricesAttributes,
  type ReadAttributes,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Promised } from '../support/promises.js';
import { drawOf } from './evaluate.js';
import type { Parity } from './parity.js';
import { uniforms } from './tensors.js';

const { lines, scale, current, fullScale, driveNorm, deviceCurrentNorm } = READ_INPUTS;
const draw = drawOf('feistel', 5);

/** Sums in another order, of numbers that went through two stages. */
const READ = 2e-5;

const analog = multiply(clamp(divide(input(lines), input(scale)), -1, 1), 0.2);
const digital = multiply(round(multiply(clamp(divide(input(lines), input(scale)), -1, 1), 127)), 0.2 / 127);
const withDriver = (e: Expression): Expression => add(e, multiply(normal('driver'), 1e-3));
const SEEN: Readonly<Record<string, Expression>> = {
  ideal: input(current),
  additive: add(input(current), multiply(input(driveNorm), multiply(normal('read'), 0.01))),
  proportional: add(input(current), multiply(input(deviceCurrentNorm), multiply(normal('read'), 0.02))),
  compressed: divide(input(current), add(1, divide(input(current), multiply(input(fullScale), 50)))),
};

interface Read {
  readonly grid: TileGrid;
  readonly direction: Direction;
  readonly batch: number;
  readonly seen: string;
  readonly noisyDriver: boolean;
  readonly scale: 'absMax' | number;
  readonly significances: readonly number[];
}

const edge = fc.integer({ min: 1, max: 17 });
const length = fc.integer({ min: 1, max: 40 });
const grids = fc
  .record({ inputs: length, outputs: length, rows: edge, columns: edge })
  .map((g): TileGrid => ({
    ...g,
    tileRows: Math.ceil(g.inputs / g.rows),
    tileColumns: Math.ceil(g.outputs / g.columns),
  }));
const reads: fc.Arbitrary<Read> = fc.record({
  grid: grids,
  direction: fc.constantFrom<Direction>('forward', 'backward'),
  batch: fc.integer({ min: 0, max: 150 }),
  seen: fc.constantFrom(...Object.keys(SEEN)),
  noisyDriver: fc.boolean(),
  scale: fc.constantFrom<'absMax' | number>('absMax', 0.7),
  significances: fc.constantFrom([1], [1, -1], [1, 4, 16]),
});

/** Few different values, so that some are equal, and many. */
const tails = fc.record({
  values: fc.array(
    fc.oneof(
      fc.integer({ min: -3, max: 3 }).map((k) => k * 1e-6),
      fc.float({ min: -1, max: 1, noNaN: true, noDefaultInfinity: true }).map((x) => (Math.abs(x) < 1e-30 ? 0 : x)), // prettier-ignore
    ),
    { minLength: 1, maxLength: 300 },
  ),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** What holds of `crossbarRead`, `largestMagnitudes` and `readoutMatrices`. */
export function promiseReads(promised: Promised, parity: Parity): void {
  // A converter jumps where a division is off by a unit in the last place.
  const dac = parity.ieee ? digital : analog;
  const attributesOf = (r: Read): ReadAttributes => ({
    grid: r.grid,
    direction: r.direction,
    scale: r.scale,
    drive: withNoise(r.noisyDriver ? withDriver(dac) : dac, draw),
    readouts: r.significances.map((significance, q) => ({
      ...withNoise(SEEN[r.seen]!, { ...draw, draw: q }),
      significance,
    })),
    unit: 0.3,
  });
  const inputsOf = (r: Read) => {
    const { tileRows, tileColumns, rows, columns } = r.grid;
    const matrices = r.significances.map((_, q) =>
      uniforms<tf.Rank.R4>([tileRows, tileColumns, rows, columns], 10 + q, 1e-6, 1e-5),
    );
    return { fullScale: tf.scalar(1e-5), matrices, squares: matrices.map((g) => tf.square(g)) };
  };
  const sameRead = (r: Read, attributes: ReadAttributes, vectors: () => tf.Tensor): Promise<void> => {
    const inputs = () => ({ ...inputsOf(r), lines: vectors() });
    return parity.close(() => crossbarRead(inputs(), attributes), () => crossbarReadReference(inputs(), attributes), READ); // prettier-ignore
  };

  promised('crossbarRead of any matrix, in both directions', () =>
    fc.assert(
      fc.asyncProperty(reads, (r) => {
        const shape = [r.batch, r.direction === 'forward' ? r.grid.inputs : r.grid.outputs];
        return sameRead(r, attributesOf(r), () => uniforms(shape, 3));
      }),
      parity.cases,
    ),
  );
  promised('crossbarRead of vectors that were integers before', () =>
    fc.assert(
      fc.asyncProperty(reads, (r) => {
        const shape = [r.batch, r.direction === 'forward' ? r.grid.inputs : r.grid.outputs];
        const whole = (): tf.Tensor => tf.cast(tf.mul(uniforms(shape, 3), 4), 'int32');
        return sameRead(r, attributesOf(r), () => tf.cast(whole(), 'float32'));
      }),
      parity.cases,
    ),
  );
  promised('crossbarRead of the vectors that are asked for', () =>
    fc.assert(
      fc.asyncProperty(
        reads,
        fc.integer({ min: 0, max: 150 }),
        fc.integer({ min: 1, max: 9 }),
        (r, from, every) => {
          const lines = r.direction === 'forward' ? r.grid.inputs : r.grid.outputs;
          const asked = Array.from({ length: r.batch }, (_, b) => +(b >= from && b % every === 0));
          const read = (of: typeof crossbarRead) => {
            const wanted = tf.tensor2d(asked, [r.batch, 1]);
            const y = of({ ...inputsOf(r), lines: uniforms([r.batch, lines], 3), wanted }, attributesOf(r));
            return tf.where(tf.greater(wanted, 0), y, 0);
          };
          return parity.close(
            () => read(crossbarRead),
            () => read(crossbarReadReference),
            READ,
          );
        },
      ),
      parity.cases,
    ),
  );
  promised('crossbarRead of patches of images, in both directions', () =>
    fc.assert(
      fc.asyncProperty(
        reads,
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom<'same' | 'valid'>('same', 'valid'),
        (some, channels, padding) => {
          const geometry = convolutionGeometry([5, 6, channels], [3, 2], [2, 1], [1, 1], padding);
          const inputs = patchSize(geometry);
          const grid = { ...some.grid, inputs, tileRows: Math.ceil(inputs / some.grid.rows) };
          const r = { ...some, grid, batch: 1 + (some.batch % 9) };
          const shape =
            r.direction === 'forward'
              ? [r.batch, 5, 6, channels]
              : [r.batch * geometry.outHeight * geometry.outWidth, grid.outputs];
          return sameRead(r, { ...attributesOf(r), geometry }, () => uniforms(shape, 4));
        },
      ),
      parity.cases,
    ),
  );
  promised('codes of an ADC, where no current is near a threshold', () => {
    const adc = multiply(round(multiply(divide(input(current), input(fullScale)), 7)), 1 / 7);
    const attributes: ReadAttributes = {
      grid: { inputs: 8, outputs: 8, rows: 8, columns: 8, tileRows: 1, tileColumns: 1 },
      direction: 'forward',
      scale: 1,
      drive: withNoise(input(lines), undefined),
      readouts: [{ ...withNoise(adc, undefined), significance: 1 }],
      unit: 1,
    };
    // Currents are (k + ¼)/7 of the full scale.
    const currents = Float32Array.from({ length: 64 }, (_, i) => ((i % 8) + 0.25) / 7);
    const inputs = () => ({
      lines: tf.eye(8),
      fullScale: tf.scalar(1),
      matrices: [tf.tensor4d(currents, [1, 1, 8, 8])],
    });
    return parity.relative(() => crossbarRead(inputs(), attributes), () => crossbarReadReference(inputs(), attributes), 0); // prettier-ignore
  });
  promised('largestMagnitudes, equal ones and zeros among them, to the bit', () =>
    fc.assert(
      fc.asyncProperty(tails, async ({ values, share }) => {
        const count = Math.max(1, Math.ceil(share * values.length));
        const x = () => tf.tensor(Float32Array.from(values), [values.length, 1]);
        const { ours, reference } = await parity.both(
          () => largestMagnitudes(x(), count),
          () => largestMagnitudesReference(x(), count),
        );
        expect(ours.sort()).toEqual(reference.sort());
      }),
      parity.cases,
    ),
  );
  promised('readoutMatrices of planes of any shape', () =>
    fc.assert(
      fc.asyncProperty(matrices, (c) => sameMatrices(parity, c)),
      parity.cases,
    ),
  );
}

const varied = (plane: string): Expression =>
  multiply(input(plane), add(input('factor'), multiply(normal(`conduct ${plane}`), 0.01)));
const READOUTS: Readonly<Record<string, readonly Expression[]>> = {
  difference: [subtract(input('plane0'), input('plane1'))],
  apart: [input('plane0'), input('plane1')],
  one: [input('plane1')],
};

interface Matrices {
  readonly shape: [number, number, number, number];
  readonly conduct: 'none' | 'first' | 'both';
  readonly rank: 0 | 1 | 4;
  readonly readout: string;
}

const matrices: fc.Arbitrary<Matrices> = fc.record({
  shape: fc.tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 21 }),
    fc.integer({ min: 1, max: 21 }),
  ),
  conduct: fc.constantFrom<Matrices['conduct']>('none', 'first', 'both'),
  rank: fc.constantFrom<Matrices['rank']>(0, 1, 4),
  readout: fc.constantFrom(...Object.keys(READOUTS)),
});

/** Conductances are at most 10 µS; differences of two planes are held to the error of one. */
async function sameMatrices(parity: Parity, { shape, conduct, rank, readout }: Matrices): Promise<void> {
  const attributes: MatricesAttributes = {
    shape,
    conduct: ['plane0', 'plane1'].map((plane, p) =>
      conduct === 'both' || (conduct === 'first' && p === 0) ? withNoise(varied(plane), draw) : undefined,
    ),
    readouts: READOUTS[readout]!,
    ...(rank !== 0 && { wires: { rank, lines: { row: 2, column: 1, rowEnd: 500, columnEnd: 100 } } }),
  };
  const inputs = () => ({
    plane0: uniforms(shape, 1, 1e-6, 1e-5),
    plane1: uniforms(shape, 2, 1e-6, 1e-5),
    factor: uniforms(shape, 3, 0.9, 1.1),
  });
  const { ours, reference } = await parity.both(
    () => tf.stack(readoutMatrices(inputs(), attributes)),
    () => tf.stack(readoutMatricesReference(inputs(), attributes)),
  );
  ours.forEach((v, i) => expect(Math.abs(v - reference[i]!)).toBeLessThanOrEqual(1e-5 * 1e-5));
}
