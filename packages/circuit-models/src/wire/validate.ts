import { type CellCurve, spanOf } from './cell-curve.js';
import { CrossbarProblemError } from './errors.js';
import { checkCurveExpression, checkRises } from './expression-curve.js';
import type { CrossbarProblem, Matrix, Terminations, WireNetwork } from './network.js';

/** @throws CrossbarProblemError unless `conductances` is a full [M][N] of finite numbers ≥ 0, M and N ≥ 1 */
export function checkConductances(conductances: Matrix, path = 'conductances') {
  checkList(conductances, path, 'rows, one for each word line');
  const columns = lengthOf(conductances[0]);
  conductances.forEach((row, i) => {
    checkList(row, `${path}[${i}]`, 'siemens, one for each bit line');
    if (row.length !== columns) {
      throw new CrossbarProblemError(`${path}[${i}]`, `has ${row.length} cells where row 0 has ${columns}`);
    }
    for (let j = 0; j < row.length; j++) {
      checkNotNegative(row[j], `${path}[${i}][${j}]`, 'a conductance in siemens (0 for an open cell)');
    }
  });
}

/** @throws CrossbarProblemError unless every resistance is a finite number ≥ 0 */
export function checkNetwork({ row, column, source, sink }: WireNetwork) {
  checkNotNegative(row, 'wire.row', 'ohms per segment');
  checkNotNegative(column, 'wire.column', 'ohms per segment');
  checkNotNegative(source, 'source', 'ohms');
  checkNotNegative(sink, 'sink', 'ohms');
}

/**
 * Checks a problem for one direction: forward a voltage for each word line, backward one for each bit line.
 *
 * @throws CrossbarProblemError naming the path of the first bad value
 */
export function checkCrossbarProblem(
  problem: CrossbarProblem,
  backward: boolean | Partial<Terminations> = false,
) {
  const { conductances, voltages, wire, source, sink, iv } = problem;
  checkConductances(conductances);
  checkNetwork({ ...wire, source, sink });
  if (typeof backward === 'object') {
    if (backward.source !== undefined) checkNotNegative(backward.source, 'backward.source', 'ohms');
    if (backward.sink !== undefined) checkNotNegative(backward.sink, 'backward.sink', 'ohms');
  }
  const [lines, expected] =
    backward === false ? ['word lines', conductances.length] : ['bit lines', lengthOf(conductances[0])];
  checkList(voltages, 'voltages', 'vectors of volts');
  voltages.forEach((vector, k) => {
    checkList(vector, `voltages[${k}]`, 'volts');
    if (vector.length !== expected) {
      const reason = `has ${vector.length} voltages for ${expected} ${lines}`;
      throw new CrossbarProblemError(`voltages[${k}]`, reason);
    }
    for (let line = 0; line < vector.length; line++)
      checkFinite(vector[line], `voltages[${k}][${line}]`, 'volts');
  });
  if (iv !== undefined) checkCellCurve(iv, spanOf(Array.from(voltages)));
}

/** @throws CrossbarProblemError unless the curve is known, its parameter is finite and it rises up to `span` volts */
function checkCellCurve(iv: CellCurve, span: number) {
  const { kind } = (iv ?? {}) as { kind?: unknown };
  if (kind !== 'sinh' && kind !== 'cubic' && kind !== 'expression') {
    throw new CrossbarProblemError('iv.kind', `must be 'sinh', 'cubic' or 'expression', not ${shown(kind)}`);
  }
  const parameter = { sinh: 'beta', cubic: 'c', expression: 'f' }[kind];
  const stranger = Object.keys(iv).find((key) => key !== 'kind' && key !== parameter);
  if (stranger !== undefined) {
    throw new CrossbarProblemError(`iv.${stranger}`, `is not known here; known are kind, ${parameter}`);
  }
  if (iv.kind === 'expression') {
    checkCurveExpression(iv.f, 'iv.f');
    checkRises(iv.f, span, 'iv.f');
    return;
  }
  if (iv.kind === 'sinh') {
    checkNotNegative(iv.beta, 'iv.beta', 'per volt');
    if (iv.beta * span > 300) {
      throw new CrossbarProblemError(
        'iv.beta',
        `times ${span} V is beyond any device: sinh(${iv.beta * span})`,
      );
    }
    return;
  }
  checkFinite(iv.c, 'iv.c', 'per square volt');
  if (3 * iv.c * span * span >= 1) {
    const reason = `makes the current fall with the voltage above ${1 / Math.sqrt(3 * iv.c)} V; cells may see ${span} V`;
    throw new CrossbarProblemError('iv.c', reason);
  }
}

/** @throws CrossbarProblemError unless pairs are adjacent columns (forward), or `minus` has the problem's shape */
export function checkPairs(
  pairs: 'adjacentColumns' | { readonly minus: Matrix } | undefined,
  { conductances }: CrossbarProblem,
  backward: boolean | Partial<Terminations>,
) {
  if (pairs === undefined) return;
  if (pairs === 'adjacentColumns') {
    if (backward === false) return;
    throw new CrossbarProblemError('pairs', 'of columns have no difference when the columns are driven');
  }
  checkConductances(pairs.minus, 'pairs.minus');
  const [rows, columns] = [conductances.length, lengthOf(conductances[0])];
  if (pairs.minus.length !== rows || lengthOf(pairs.minus[0]) !== columns) {
    throw new CrossbarProblemError('pairs.minus', `must be ${rows} × ${columns} like the array`);
  }
}

/** A non-empty array or typed array. */
export function checkList(value: unknown, path: string, of: string): asserts value is ArrayLike<unknown> {
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) {
    throw new CrossbarProblemError(path, `must be a list of ${of}, not ${shown(value)}`);
  }
  if (lengthOf(value) === 0) throw new CrossbarProblemError(path, `must be a list of ${of}, not empty`);
}

function checkNotNegative(value: unknown, path: string, what: string) {
  if (typeof value !== 'number' || !(value >= 0) || value === Infinity) {
    throw new CrossbarProblemError(path, `must be ${what}, finite and ≥ 0, not ${shown(value)}`);
  }
}

function checkFinite(value: unknown, path: string, what: string) {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new CrossbarProblemError(path, `must be finite ${what}, not ${shown(value)}`);
  }
}

function lengthOf(value: unknown): number {
  return (value as ArrayLike<unknown> | undefined)?.length ?? 0;
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return JSON.stringify(value);
  return value !== null && typeof value === 'object' ? 'an object' : String(value);
}
