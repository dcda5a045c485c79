import { expect, it } from 'vitest';
import { quantile, rowOf } from '../../src/bench/row.js';

it('interpolates quantiles', () => {
  expect(quantile([1, 2, 4], 0.5)).toBe(2);
  expect(quantile([1, 2, 4], 0.75)).toBe(3);
  expect(quantile([7], 0.25)).toBe(7);
});

const step = { name: 'a', unit: 'ms', of: (ms: number) => ms, headline: 'median' } as const;

it('tells median and quartiles of steps, and of the ratio of neighbours', () => {
  const row = rowOf({ ...step, against: 'b' }, [2, 4, 6], [1, 1, 6]);
  expect(row).toEqual({
    name: 'a',
    unit: 'ms',
    value: 4,
    median: 4,
    low: 3,
    high: 5,
    against: 'b',
    baseline: 1,
    ratio: 2,
    ratioLow: 1.5,
    ratioHigh: 3,
  });
});

it('tells the best of kernels, which is the largest of figures that fall with time', () => {
  const rate = { ...step, unit: 'GFLOP/s', of: (ms: number) => 12 / ms, headline: 'best' } as const;
  const { value, median, low, high } = rowOf(rate, [1, 2, 3, 4, 6]);
  expect({ value, median, low, high }).toEqual({ value: 12, median: 4, low: 3, high: 6 });
});

it('has no ratio without a baseline', () => {
  expect(Object.keys(rowOf(step, [1]))).toEqual(['name', 'unit', 'value', 'median', 'low', 'high']);
});
