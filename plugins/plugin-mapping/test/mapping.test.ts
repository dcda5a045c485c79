import { describeMapping, describePlugin, make } from '@txsim/plugin-testkit';
import { describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { equalGrid } from '../src/equal-grid.js';
import plugin, { differentialPair } from '../src/index.js';

describePlugin(plugin, { packageJson });

describeMapping(differentialPair, { limits: { rows: 64, columns: 64 } });

describeMapping(differentialPair, {
  config: { sides: 'one', subtract: 'digital', rows: 30, columns: 128 },
  limits: { rows: 30, columns: 128 },
});

describeMapping(differentialPair, {
  config: { placement: 'adjacent', rows: 30, columns: 128 },
  limits: { rows: 30, columns: 128 },
});

describeMapping(differentialPair, {
  config: { sides: 'two' },
  exempt: {
    'from any state, a change that the window can hold is made inside the window':
      'both devices move by half, so a pair that has left its symmetric line is clipped',
  },
});

describeMapping(differentialPair, {
  config: { sides: 'rising' },
  exempt: {
    'ideal devices that are asked for a change of u stand for u + change, inside the window':
      'what lowers a weight raises the other device, which may be full before its refresh',
    'from any state, a change that the window can hold is made inside the window':
      'devices only rise, so a pair that is nearly full waits for its refresh',
  },
});

describe('equal grids', () => {
  test.each([
    [64, 64, 1, 64],
    [65, 64, 2, 40],
    [784, 64, 13, 64],
    [130, 64, 3, 48],
    [5, 64, 1, 8],
    [5, 3, 2, 3],
    [100, 1, 100, 1],
  ])('%i lines on arrays of at most %i: %i of %i', (lines, limit, tiles, length) => {
    const rows = equalGrid(lines, 1, limit, 64);
    expect([rows.tileRows, rows.rows]).toEqual([tiles, length]);
    const columns = equalGrid(1, lines, 64, limit);
    expect([columns.tileColumns, columns.columns]).toEqual([tiles, length]);
  });

  test('1 to 400 lines: no array too many, none empty, no padding of a whole vector per array', () => {
    for (let lines = 1; lines <= 400; lines++) {
      for (const limit of [1, 3, 8, 12, 64, 100]) {
        const { tileRows, rows } = equalGrid(lines, 1, limit, 1);
        expect(tileRows).toBe(Math.ceil(lines / limit));
        expect(tileRows * rows).toBeGreaterThanOrEqual(lines);
        expect((tileRows - 1) * rows).toBeLessThan(lines);
        if (limit % 8 === 0) expect(rows - lines / tileRows).toBeLessThan(8);
      }
    }
  });
});

describe('weight range', () => {
  const rangeOf = (weightRange: unknown, largest: number): number =>
    make(differentialPair, { config: { weightRange } }).weightRange(largest);

  test('a number is the range itself', () => expect(rangeOf(0.7, 3)).toBe(0.7));
  test('a multiple is of the largest initial weight', () => expect(rangeOf({ initial: 2 }, 3)).toBe(6));
  test('where all weights are 0 it is a multiple of 1', () => expect(rangeOf({ initial: 2 }, 0)).toBe(2));
});

test('the devices of a weight fit into an array that they share', () => {
  expect(() => make(differentialPair, { config: { placement: 'adjacent', columns: 1 } })).toThrow(
    'columns: 2 devices of a weight do not fit into 1',
  );
});

describe('subtraction', () => {
  test('analog: one ADC sees the difference of the planes', () => {
    const { readouts } = make(differentialPair, { config: { subtract: 'analog' } });
    expect(readouts).toEqual([{ planes: [1, -1], significance: 1 }]);
  });

  test('digital: each plane has an ADC of its own', () => {
    const { readouts } = make(differentialPair, { config: { subtract: 'digital' } });
    expect(readouts).toEqual([
      { planes: [1, 0], significance: 1 },
      { planes: [0, 1], significance: -1 },
    ]);
  });
});
