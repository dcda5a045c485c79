import { treatmentFor, type CellTreatment } from '@txsim/circuit-models';
import {
  CELL_VOLTS,
  PluginError,
  type CurvedCells,
  type WireMethod,
  type WireNetworkSolver,
} from '@txsim/core';
import { derivative, numberOf, type Direction, type LineResistances } from '@txsim/ops';
import type { CurvedCircuit } from './curved-lines.js';
import { methodsOf, type Method } from './methods.js';
import { splitProducts } from './split-matrices.js';

/**
 * How far a curve bends up to the read voltage: βV of the hyperbolic sine whose f(V) / (V f'(0)) is the same, or the
 * reciprocal of it where the curve flattens; the larger one of both signs.
 */
export function bendOf({ current, readVoltage }: CurvedCells): number {
  const [f, slope] = [numberOf(current), numberOf(derivative(current, CELL_VOLTS))];
  const start = slope({ [CELL_VOLTS]: 0 });
  const secants = [readVoltage, -readVoltage].map((v) => f({ [CELL_VOLTS]: v }) / (v * start));
  const ratio = Math.max(...secants.map((secant) => Math.max(secant, 1 / secant)));
  return sameBend(ratio);
}

/** b with sinh(b) / b = ratio, by Newton's method from √(6 (ratio − 1)), which is more. */
function sameBend(ratio: number): number {
  if (!Number.isFinite(ratio)) return Infinity;
  let b = Math.sqrt(6 * Math.max(0, ratio - 1));
  for (let n = 0; n < 50 && b > 0; n++) {
    const miss = Math.sinh(b) / b - ratio;
    const next = b - miss / (Math.cosh(b) / b - Math.sinh(b) / (b * b));
    if (Math.abs(next - b) <= 1e-12 * b || !(next > 0)) break;
    b = next;
  }
  return b;
}

/** Whether f(−V) = −f(V), as the split method takes it. */
function isOdd({ current, readVoltage }: CurvedCells): boolean {
  const f = numberOf(current);
  const at = (v: number): number => f({ [CELL_VOLTS]: v });
  return [0.25, 0.5, 0.75, 1].every((part) => {
    const v = part * readVoltage;
    return Math.abs(at(v) + at(-v)) <= 1e-6 * at(v);
  });
}

/** Wires between cells with a curve: the circuits as driven from their sources, and their solver. */
export interface CurvedWires {
  readonly circuits: Readonly<Record<Direction, CurvedCircuit>>;
  readonly network: WireNetworkSolver;
}

/**
 * The methods for cells with a curve, in order of effort. Up to a bend of 0.7 cells are linear ones under mapped voltages,
 * G being the conductance at the read voltage (`secant`); up to 2 the split method, where the curve is odd; beyond it
 * Newton's method. `auto` goes on from secant to split where a probe asks for it, and to Newton's method never by itself, as
 * that solves a network for every vector. `exact` is Newton's method at every bend.
 *
 * @throws PluginError STACK_INVALID where the method knows linear cells alone
 */
export function curvedMethodsOf(
  choice: Method,
  lines: Readonly<Record<Direction, LineResistances>>,
  cells: CurvedCells,
  { circuits, network }: CurvedWires,
): readonly [WireMethod, ...WireMethod[]] {
  if (choice !== 'auto' && choice !== 'exact' && choice !== 'ladder' && choice !== 'ladder2') {
    const detail = `method: ${choice} knows linear cells alone; with a curve use auto, ladder, ladder2 or exact`;
    throw new PluginError('STACK_INVALID', 'stack.wire', detail);
  }
  // What is left in one matrix, for reports and read noise, is that at the read voltage.
  const [secant] = methodsOf(choice === 'ladder' ? choice : 'ladder2', lines);
  const split = { ...secant, name: 'split', curved: splitProducts(circuits) };
  const newton = { ...secant, name: 'newton', curved: network };
  const treatment: CellTreatment = choice === 'exact' ? 'newton' : treatmentFor(bendOf(cells));
  const odd = isOdd(cells);
  if (treatment === 'newton' || (treatment === 'split' && !odd)) return [newton];
  if (treatment === 'split') return [split];
  const named = (method: WireMethod): WireMethod => ({ ...method, name: `${method.name}, secant` });
  if (choice !== 'auto') return [named(secant)];
  return [named(methodsOf('ladder', lines)[0]), named(secant), ...(odd ? [split] : [])];
}
