import { bendOf, type CellCurve, type CellTreatment, curveOf, treatmentFor } from './cell-curve.js';
import { closedForm } from './closed-forms.js';
import type { Crossbar } from './crossbar.js';
import { greatest } from './greatest.js';
import { type LineLadders, lineLadders } from './line-ladders.js';
import type { ClosedForm } from './methods.js';
import { idealCurrents } from './solve-ideal.js';
import { splitCurrents } from './split.js';

/** A method and a treatment of the cells that give currents without solving the network. */
export interface Way {
  readonly method: ClosedForm;
  readonly cells: CellTreatment;
  currents(drives: readonly Float64Array[]): Float64Array[];
  /** [M·N] siemens, where currents are V times a matrix. */
  readonly effective?: () => Float64Array;
}

/** A closed form for linear cells. */
export function linearWay(method: ClosedForm, ladders: LineLadders): Way {
  let made: Float64Array | undefined;
  const effective = () => (made ??= closedForm(method, ladders));
  const currents = (drives: readonly Float64Array[]) =>
    drives.map((drive) => idealCurrents(effective(), drive));
  return { method, cells: 'linear', currents, effective };
}

/**
 * Cells with the conductance G f(V0)/V0 under drives mapped so that each cell at its full drive carries G f(V): exact
 * where the wires are ideal.
 */
function secantWay(method: ClosedForm, crossbar: Crossbar, iv: CellCurve, volts: number): Way {
  const { value, secant } = curveOf(iv);
  const factor = secant(volts);
  const stronger = { ...crossbar, conductances: crossbar.conductances.map((g) => g * factor) };
  const { currents } = linearWay(method, lineLadders(stronger));
  const mapped = (drive: Float64Array) => drive.map((v) => value(v) / factor);
  return { method, cells: 'secant', currents: (drives) => currents(drives.map(mapped)) };
}

function splitWay(ladders: LineLadders, iv: CellCurve): Way {
  const curve = curveOf(iv);
  const currents = (drives: readonly Float64Array[]) =>
    drives.map((drive) => splitCurrents(ladders, drive, curve));
  return { method: 'ladder2', cells: 'split', currents };
}

/** The ways of `ladder` and `ladder2` in order of effort, from the one that suits how far the cells' curve bends. */
export function waysFor(ladders: LineLadders, iv: CellCurve | undefined, volts: number): Way[] {
  const linear = [linearWay('ladder', ladders), linearWay('ladder2', ladders)];
  if (!iv) return linear;
  const { crossbar } = ladders;
  const secant = [secantWay('ladder', crossbar, iv, volts), secantWay('ladder2', crossbar, iv, volts)];
  const all = [...linear, ...secant, splitWay(ladders, iv)];
  const order: CellTreatment[] = ['linear', 'secant', 'split', 'newton'];
  const first = order.indexOf(treatmentFor(bendOf(iv, volts)));
  return all.filter(({ cells }) => order.indexOf(cells) >= first);
}

/** The largest |V| of all vectors. */
export function largestVolts(drives: readonly Float64Array[]): number {
  return greatest(drives.map((drive) => greatest(drive.map(Math.abs))));
}
