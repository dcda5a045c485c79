import type { Expression } from '@txsim/ops';
import { defineExtensionPoint } from '../plugin/extension-point.js';

/** The input that stands for the voltage of a cell, in volts, in the expression of its curve. */
export const CELL_VOLTS = 'v';

/**
 * The current–voltage curve of the cells. Conductances are those at the read voltage, as they are measured and written,
 * so the shape alone matters: I = G · V_read · f(V) / f(V_read).
 */
export interface CellCurve {
  /** f(V) of volts, up to a factor: an expression of its argument alone, 0 at 0 V and rising. */
  current(volts: Expression): Expression;
}

/** Cells with a curve, as the wires between them see them: I = G · f(V). */
export interface CurvedCells {
  /** f of `input(CELL_VOLTS)`, volts → volts: f(0) = 0, f(readVoltage) = readVoltage, rising. */
  readonly current: Expression;
  /** The voltage of a full-scale input, volts; no line is driven with more. */
  readonly readVoltage: number;
}

/** The current–voltage curve of the cells; none is a straight line. */
export const cellCurve = defineExtensionPoint<CellCurve>('cellCurve', 'one');
