import { bendOf, type CellCurve, curveOf, spanOf } from './cell-curve.js';
import { uncancelled } from './closed-forms.js';
import { greatest, greatestMagnitude } from './greatest.js';
import { type LineLadders, lineLadders } from './line-ladders.js';
import { idealErrorBound } from './solve-ideal.js';
import { ladder2ErrorEnvelope } from './solve-ladder2.js';
import { ladderErrorEnvelope } from './solve-ladder.js';
import type { Way } from './ways.js';

/**
 * An estimate of the error of a way with cells that have a curve, amperes: the envelope of the wires' form and that of
 * the treatment, of the largest current that |V| drives through the curve without wires.
 */
export function nonlinearError(way: Way, ladders: LineLadders, iv: CellCurve, drive: Float64Array): number {
  const { value, secant, slope } = curveOf(iv);
  const { severity, crossbar } = ladders;
  const wires = way.method === 'ladder' ? ladderErrorEnvelope(severity) : ladder2ErrorEnvelope(severity);
  const volts = greatestMagnitude(drive);
  const bend = bendOf(iv, volts);
  const stray = Math.max(secant(volts), 1 / secant(volts)) - 1;
  const steepness = Math.max(1, 1 / slope(volts));
  const split = 0.05 * bend * bend * steepness;
  const treatment = { linear: stray, secant: stray / 2, split, newton: 0 }[way.cells];
  return (wires + treatment) * uncancelled(crossbar.conductances, drive.map(value));
}

/**
 * Ideal wires, I_j = Σ_i G f(V_i), and a proved bound of what they ignore: that of `idealErrorBound` with every
 * conductance the largest that the curve can show, sup f(V)/V, times sup f' over it.
 */
export function nonlinearIdeal(ladders: LineLadders, drives: readonly Float64Array[], iv: CellCurve) {
  const { value, secant, slope } = curveOf(iv);
  const { crossbar } = ladders;
  const { columns, conductances } = crossbar;
  const currents = drives.map((drive) => {
    const sums = new Float64Array(columns);
    for (let k = 0; k < conductances.length; k++) {
      sums[k % columns]! += conductances[k]! * value(drive[(k - (k % columns)) / columns]!);
    }
    return sums;
  });
  const bounds = drives.map((drive) => {
    const span = spanOf([drive]);
    const factor = Math.max(1, secant(span));
    const steepest = Math.max(1, slope(span));
    const stronger = lineLadders({ ...crossbar, conductances: conductances.map((g) => g * factor) });
    return (idealErrorBound(stronger, drive) * steepest) / factor;
  });
  return { currents, errorBound: greatest(bounds) };
}
