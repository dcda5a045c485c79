import {
  CELL_VOLTS,
  PluginError,
  type CellCurve,
  type CurvedCells,
  type Labelled,
  type WireModel,
} from '@txsim/core';
import { input, multiply, noiseStreams, numberOf, substitute, type Expression } from '@txsim/ops';
import { contribute } from './effects.js';

/** Voltages at which a curve is looked at, in parts of its range. */
const SAMPLES = 64;

/**
 * A curve as the arrays use it: scaled so that a cell carries G · V at the read voltage.
 *
 * @param readVoltage undefined where the stack has no dac
 * @throws PluginError STACK_INVALID unless it is 0 at 0 V and rises between twice the read voltage of both signs, which is
 *   what cells between two driven lines can see
 */
export function curvedCells(curve: Labelled<CellCurve>, readVoltage: number | undefined): CurvedCells {
  if (readVoltage === undefined) {
    throw refused('needs a dac, whose read voltage says how far the curve is used: "stack.dac"');
  }
  const raw = contribute(
    curve,
    { volts: input(CELL_VOLTS) },
    (a) => curve.product.current(a.volts),
    'read stage',
  );
  if (noiseStreams(raw).length > 0) throw refused('a curve draws no random numbers');
  const f = numberOf(raw);
  const at = (volts: number): number => f({ [CELL_VOLTS]: volts });
  if (Math.abs(at(0)) > 1e-6 * at(readVoltage)) throw refused(`f(0) must be 0; it is ${at(0)}`);
  const voltages = Array.from(
    { length: 2 * SAMPLES + 1 },
    (_, k) => (2 * readVoltage * (k - SAMPLES)) / SAMPLES,
  );
  voltages.slice(1).forEach((volts, k) => {
    const before = voltages[k]!;
    if (at(volts) > at(before) && at(volts) < Infinity) return;
    const range = `between ±${2 * readVoltage} V, twice the read voltage: two driven lines can be so far apart`;
    throw refused(`must rise ${range}; from ${before} V to ${volts} V it does not`);
  });
  return { current: multiply(raw, readVoltage / at(readVoltage)), readVoltage };
}

/** The wires between cells with a curve. @throws PluginError STACK_INVALID if the model knows linear cells alone */
export function wiresOf(
  { label, product }: Labelled<WireModel>,
  cells: CurvedCells | undefined,
): Labelled<WireModel> {
  if (!cells) return { label, product };
  if (product.curved) return { label, product: product.curved(cells) };
  throw refused(`the wire model ${label} knows linear cells alone; use another one, or none`);
}

/** f(V) of an expression of the volts; the volts themselves where cells are linear. */
export const throughCells = (cells: CurvedCells | undefined, volts: Expression): Expression =>
  cells ? substitute(cells.current, { [CELL_VOLTS]: volts }) : volts;

const refused = (detail: string): PluginError => new PluginError('STACK_INVALID', 'stack.cell', detail);
