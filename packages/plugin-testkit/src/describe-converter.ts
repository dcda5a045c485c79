import type { Adc, Contribution, Dac } from '@txsim/core';
import { input, inputNames } from '@txsim/ops';
import { expect } from 'vitest';
import { nominal, spaced, valuesOf } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

export interface ConverterOptions extends Options {
  /** How many different values it has; not checked if absent. */
  readonly levels?: number;
}

/** The full scale at which an ADC is tested, amperes. */
const FULL_SCALE = 2 ** -16;

/** What holds for every converter, DAC or ADC: a symmetric staircase that saturates. */
export function describeConverter(
  contribution: Contribution<Dac> | Contribution<Adc>,
  options: ConverterOptions = {},
): void {
  const converter = make<Dac | Adc>(contribution, options);
  const isAdc = 'fullScale' in converter;
  const scale = isAdc ? FULL_SCALE : 1;
  const raw = isAdc ? converter.convert(input('x'), input('fullScale')) : converter.convert(input('x'));
  const perConverter = isAdc ? converter.perConverter : undefined;
  const expression = nominal(raw, perConverter);
  /** Input and output in units of the full scale. */
  const convert = async (x: readonly number[]): Promise<number[]> => {
    const vectors = { x: x.map((v) => v * scale), ...(isAdc ? { fullScale: x.map(() => scale) } : {}) };
    return (await valuesOf(expression, vectors)).map((y) => y / scale);
  };
  const steps = spaced(-1.5, 1.5, 3001);

  describePromises(`${contribution.point.point} ${contribution.id}`, options, (promised) => {
    promised('it uses its input and its full scale only', () => {
      const known = ['x', 'fullScale', ...Object.keys(perConverter ?? {})];
      expect(inputNames(raw).filter((name) => !known.includes(name))).toEqual([]);
    });
    promised('its scale is sound', () => {
      if (isAdc) expectFullScale(converter);
      else expectScale(converter);
    });
    promised('a larger input never gives a smaller output', async () => {
      const y = await convert(steps);
      y.slice(1).forEach((v, i) => expect(v).toBeGreaterThanOrEqual(y[i]!));
    });
    promised('it is odd: f(−x) = −f(x)', async () => {
      const [plus, minus] = [await convert(steps), await convert(steps.map((x) => -x))];
      plus.forEach((v, i) => expect(v + minus[i]!).toBe(0));
    });
    promised('0 stays 0', async () => expect(Math.abs((await convert([0]))[0]!)).toBe(0));
    promised('what it gives is left as it is by a second conversion', async () => {
      const once = await convert(steps);
      const unsigned = (y: number[]): number[] => y.map((v) => v + 0);
      expect(unsigned(await convert(once))).toEqual(unsigned(once));
    });
    promised('it saturates at its full scale', async () => {
      const [atFull, beyond, far] = (await convert([1, 1.5, 1000])) as [number, number, number];
      expect(atFull).toBeGreaterThan(0);
      expect([beyond, far]).toEqual([atFull, atFull]);
    });
    if (!isAdc && converter.cycles) {
      const { cycles } = converter;
      promised('what its cycles drive adds up to what it converts', async () => {
        const x = steps.filter((v) => Math.abs(v) <= 1);
        const driven = await Promise.all(
          cycles.map((c) => valuesOf(nominal(c.convert(input('x')), {}), { x })),
        );
        (await convert(x)).forEach((y, i) => {
          const sum = cycles.reduce((total, { significance }, k) => total + significance * driven[k]![i]!, 0);
          expect(Math.abs(sum - y)).toBeLessThan(1e-6);
        });
        expect(Math.max(...driven.flat().map(Math.abs))).toBeLessThanOrEqual(1);
      });
    }
    if (options.levels !== undefined) {
      promised(`it has ${options.levels} levels`, async () => {
        const y = await convert(spaced(-1.1, 1.1, 20 * options.levels! + 1));
        expect(new Set(y.map((v) => v + 0)).size).toBe(options.levels);
      });
    }
  });
}

function expectScale({ scale, readVoltage, step }: Dac): void {
  expect(readVoltage).toBeGreaterThan(0);
  expect(step ?? 1).toBeGreaterThan(0);
  if (typeof scale === 'number') expect(scale).toBeGreaterThan(0);
  if (typeof scale !== 'object') return;
  if ('learn' in scale) expect(scale.learn).toBeGreaterThan(0);
  else expect(scale.average).toBeLessThan(1);
}

function expectFullScale({ fullScale }: Adc): void {
  if (fullScale.kind === 'fixed') expect(fullScale.amperes).toBeGreaterThan(0);
  if (fullScale.kind !== 'calibrated') return;
  expect(fullScale.quantile).toBeGreaterThan(0);
  expect(fullScale.quantile).toBeLessThanOrEqual(1);
  expect(fullScale.every).toBeGreaterThanOrEqual(1);
}
