import {
  add,
  clamp,
  convolutionGeometry,
  crossbarRead,
  crossbarReadReference,
  divide,
  input,
  multiply,
  normal,
  patchSize,
  randomStream,
  READ_INPUTS,
  round,
  withNoise,
  type Direction,
  type Expression,
  type ReadAttributes,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectRelative, numbers, onBoth, runs } from './support.js';

beforeAll(activateWasm);

const draw = { streams: (name: string) => randomStream(1, name), draw: 5 };
const { lines, scale, current, fullScale, driveNorm, deviceCurrentNorm } = READ_INPUTS;

const dac = multiply(round(multiply(clamp(divide(input(lines), input(scale)), -1, 1), 127)), 0.2 / 127);
const noisyDac = add(dac, multiply(normal('driver'), 1e-3));
const seen: Record<string, Expression> = {
  ideal: input(current),
  additive: add(input(current), multiply(input(driveNorm), multiply(normal('read'), 0.01))),
  proportional: add(input(current), multiply(input(deviceCurrentNorm), multiply(normal('read'), 0.02))),
  compressed: divide(input(current), add(1, divide(input(current), multiply(input(fullScale), 50)))),
};

const grids = fc
  .record({
    inputs: fc.integer({ min: 1, max: 40 }),
    outputs: fc.integer({ min: 1, max: 40 }),
    rows: fc.integer({ min: 1, max: 17 }),
    columns: fc.integer({ min: 1, max: 17 }),
  })
  .map((g): TileGrid => ({
    ...g,
    tileRows: Math.ceil(g.inputs / g.rows),
    tileColumns: Math.ceil(g.outputs / g.columns),
  }));

interface Case {
  readonly grid: TileGrid;
  readonly direction: Direction;
  readonly batch: number;
  readonly expression: keyof typeof seen;
  readonly drive: Expression;
  readonly scale: 'absMax' | number;
  readonly significances: readonly number[];
}

const cases: fc.Arbitrary<Case> = fc.record({
  grid: grids,
  direction: fc.constantFrom<Direction>('forward', 'backward'),
  batch: fc.integer({ min: 0, max: 150 }),
  expression: fc.constantFrom(...Object.keys(seen)),
  drive: fc.constantFrom(dac, noisyDac),
  scale: fc.constantFrom<'absMax' | number>('absMax', 0.7),
  significances: fc.constantFrom([1], [1, -1], [1, 4, 16]),
});

function attributesOf(c: Case): ReadAttributes {
  return {
    grid: c.grid,
    direction: c.direction,
    scale: c.scale,
    drive: withNoise(c.drive, draw),
    readouts: c.significances.map((significance, q) => ({
      ...withNoise(seen[c.expression]!, { ...draw, draw: q }),
      significance,
    })),
    unit: 0.3,
  };
}

const planes = ({ grid, significances }: Case) =>
  significances.map((_, q) =>
    tf.tensor4d(numbers(grid.tileRows * grid.tileColumns * grid.rows * grid.columns, 10 + q, 1e-6, 1e-5), [
      grid.tileRows,
      grid.tileColumns,
      grid.rows,
      grid.columns,
    ]),
  );

const inputsOf = (c: Case, lines: tf.Tensor) => ({
  lines,
  fullScale: tf.scalar(1e-5),
  matrices: planes(c),
  squares: planes(c).map((g) => tf.square(g)),
});

/** Errors are those of sums in another order: relative to the largest output. */
async function expectSame(c: Case, a: ReadAttributes, make: () => tf.Tensor): Promise<void> {
  const { ours, reference, shapes } = await onBoth(() => {
    const inputs = inputsOf(c, make());
    return tf.getBackend() === 'wasm' ? crossbarRead(inputs, a) : crossbarReadReference(inputs, a);
  });
  expect(shapes[0]).toEqual(shapes[1]);
  const largest = reference.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  ours.forEach((v, i) => expect(Math.abs(v - reference[i]!)).toBeLessThanOrEqual(2e-5 * largest));
}

test('reads of any matrix equal the reference, in both directions', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (c) => {
      const length = c.direction === 'forward' ? c.grid.inputs : c.grid.outputs;
      await expectSame(c, attributesOf(c), () =>
        tf.tensor2d(numbers(c.batch * length, 3, -1, 1), [c.batch, length]),
      );
    }),
    runs(60),
  );
});

test('reads of patches equal the reference, in both directions', async () => {
  await fc.assert(
    fc.asyncProperty(
      cases,
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom<'same' | 'valid'>('same', 'valid'),
      async (some, channels, padding) => {
        const geometry = convolutionGeometry([5, 6, channels], [3, 2], [2, 1], [1, 1], padding);
        const inputs = patchSize(geometry);
        const grid = { ...some.grid, inputs, tileRows: Math.ceil(inputs / some.grid.rows) };
        const c = { ...some, grid, batch: 1 + (some.batch % 9) };
        const shape =
          c.direction === 'forward'
            ? [c.batch, 5, 6, channels]
            : [c.batch * geometry.outHeight * geometry.outWidth, grid.outputs];
        await expectSame(c, { ...attributesOf(c), geometry }, () =>
          tf.tensor(numbers(tf.util.sizeFromShape(shape), 4, -1, 1), shape),
        );
      },
    ),
    runs(60),
  );
});

test('codes of an ADC are those of the reference where no current is near a threshold', async () => {
  const grid = { inputs: 8, outputs: 8, rows: 8, columns: 8, tileRows: 1, tileColumns: 1 };
  const adc = multiply(round(multiply(divide(input(current), input(fullScale)), 7)), 1 / 7);
  const a: ReadAttributes = {
    grid,
    direction: 'forward',
    scale: 1,
    drive: withNoise(input(lines), undefined),
    readouts: [{ ...withNoise(adc, undefined), significance: 1 }],
    unit: 1,
  };
  // Currents are (k + ¼)/7 of the full scale.
  const currents = Float32Array.from({ length: 64 }, (_, i) => ((i % 8) + 0.25) / 7);
  const { ours, reference } = await onBoth(() => {
    const inputs = {
      lines: tf.eye(8),
      fullScale: tf.scalar(1),
      matrices: [tf.tensor4d(currents, [1, 1, 8, 8])],
    };
    return tf.getBackend() === 'wasm' ? crossbarRead(inputs, a) : crossbarReadReference(inputs, a);
  });
  expectRelative(ours, reference, 0);
});
