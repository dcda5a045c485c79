import { CELL_VOLTS, type CellCurve, type Contribution } from '@txsim/core';
import { derivative, evaluate, input, inputNames, noiseStreams, numberOf } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

/** What `describeCellCurve` may be told of a curve. */
export interface CellCurveOptions extends Options {
  /** The read voltage up to which it is meant, volts; default 0.2. */
  readonly readVoltage?: number;
}

/** Voltages on either side of 0 at which a curve is looked at. */
const SAMPLES = 50;

/** What holds for every current–voltage curve of cells. */
export function describeCellCurve(
  contribution: Contribution<CellCurve>,
  options: CellCurveOptions = {},
): void {
  const { readVoltage = 0.2 } = options;
  const f = make(contribution, options).current(input(CELL_VOLTS));
  const value = numberOf(f);
  const at = (volts: number): number => value({ [CELL_VOLTS]: volts });
  /** Over twice the read voltage: what cells between two driven lines can see. */
  const voltages = Array.from({ length: 2 * SAMPLES + 1 }, (_, k) => (2 * readVoltage * (k - SAMPLES)) / SAMPLES); // prettier-ignore
  const most = Math.max(...voltages.map((v) => Math.abs(at(v))));

  describePromises(`cell curve ${contribution.id}`, options, (promised) => {
    promised('it is an expression of the voltage alone, and draws no random numbers', () => {
      expect(inputNames(f)).toEqual([CELL_VOLTS]);
      expect(noiseStreams(f)).toEqual([]);
    });
    promised('no voltage drives no current', () => expect(Math.abs(at(0))).toBeLessThan(1e-6 * most));
    promised('the current rises between twice the read voltage of both signs', () =>
      voltages.slice(1).forEach((v, k) => expect(at(v)).toBeGreaterThan(at(voltages[k]!))),
    );
    promised('its derivative, which the solvers use, is that of its values', () => {
      const slope = numberOf(derivative(f, CELL_VOLTS));
      const h = 1e-4 * readVoltage;
      for (const v of voltages) {
        // Off the samples, so that none lies where two branches meet.
        const x = v + Math.PI * h;
        const found = slope({ [CELL_VOLTS]: x });
        expect(Math.abs((at(x + h) - at(x - h)) / (2 * h) / found - 1)).toBeLessThan(1e-4);
      }
    });
    promised('tensors give the values to float32', async () => {
      const volts = tf.tensor1d(voltages);
      const found = evaluate(f, { [CELL_VOLTS]: volts }, volts.shape);
      (await found.data()).forEach((x, k) =>
        expect(Math.abs(x - at(voltages[k]!))).toBeLessThan(1e-5 * most),
      );
      tf.dispose([volts, found]);
    });
  });
}
