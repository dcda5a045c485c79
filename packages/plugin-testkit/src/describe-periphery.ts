import type { Contribution, Driver, Sense } from '@txsim/core';
import { input, inputNames, type Expression } from '@txsim/ops';
import { expect } from 'vitest';
import { nominal, spaced, valuesOf } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

/** The full scale at which a sense amplifier is tested, amperes. */
const FULL_SCALE = 2 ** -16;

/** What holds for every driver and every sense amplifier: what it lets through is in order, and finite. */
export function describePeriphery(
  contribution: Contribution<Driver> | Contribution<Sense>,
  options: Options = {},
): void {
  const circuit = make<Driver | Sense>(contribution, options);
  const isSense = 'sense' in circuit;
  const scale = isSense ? FULL_SCALE : 1;
  const raw = isSense ? circuit.sense(input('x'), input('fullScale')) : circuit.drive(input('x'));
  /** Input and output in units of the full scale. */
  const pass = async (expression: Expression, x: readonly number[], draw = 0): Promise<number[]> => {
    const vectors = { x: x.map((v) => v * scale), ...(isSense && { fullScale: x.map(() => scale) }) };
    return (await valuesOf(expression, vectors, draw)).map((y) => y / scale);
  };
  const inputs = spaced(-1.5, 1.5, 301);

  describePromises(`${contribution.point.point} ${contribution.id}`, options, (promised) => {
    promised('it uses what it is given only', () => {
      const known = isSense ? ['x', 'fullScale'] : ['x'];
      expect(inputNames(raw).filter((name) => !known.includes(name))).toEqual([]);
    });
    promised('without noise, a larger input gives a larger output', async () => {
      const y = await pass(nominal(raw, undefined), inputs);
      y.slice(1).forEach((v, i) => expect(v).toBeGreaterThan(y[i]!));
    });
    promised('without noise, an output has the sign of its input', async () => {
      const y = await pass(nominal(raw, undefined), inputs);
      y.forEach((v, i) => expect(Math.sign(v) + 0).toBe(Math.sign(inputs[i]!) + 0));
    });
    promised('with noise, every output is finite, however large the input', async () => {
      for (const x of [inputs, [-1e6, 1e6]])
        for (const v of await pass(raw, x)) expect(Number.isFinite(v)).toBe(true);
    });
    promised('the same draw gives the same outputs', async () => {
      expect(await pass(raw, inputs, 5)).toEqual(await pass(raw, inputs, 5));
    });
  });
}
