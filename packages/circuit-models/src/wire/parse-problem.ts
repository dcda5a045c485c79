import type { CellCurve } from './cell-curve.js';
import { CrossbarProblemError } from './errors.js';
import type { CrossbarProblem, Matrix, Terminations } from './network.js';
import { checkCrossbarProblem, checkList, shown } from './validate.js';

const keys = ['conductances', 'voltages', 'wire', 'source', 'sink', 'iv'];
const wireKeys = ['row', 'column'];

/**
 * Reads a problem, for example from a JSON file:
 *
 *     { "conductances": [[1e-5, 2e-5], [3e-5, 4e-5]], "voltages": [0.1, 0.2], "wire": 1, "source": 100, "sink": 50 }
 *
 * `voltages` is one vector or a list of them; `wire` is { row, column } or one number for both; `source` and `sink`
 * are 0 unless given; `iv`, { "kind": "sinh", "beta": 2 } { "kind": "cubic", "c": 0.1 } or
 * { "kind": "expression", "f": an expression of @txsim/ops of the input v }, is the cells' curve. Anything
 * else is an error.
 *
 * @throws CrossbarProblemError naming the path of the first bad value
 */
export function parseCrossbarProblem(
  value: unknown,
  backward: boolean | Partial<Terminations> = false,
): CrossbarProblem {
  const fields = checkFields(value, '', keys);
  const problem = {
    conductances: fields['conductances'] as Matrix,
    voltages: vectors(fields['voltages']),
    wire: wire(fields['wire']),
    source: (fields['source'] ?? 0) as number,
    sink: (fields['sink'] ?? 0) as number,
    ...(fields['iv'] !== undefined && { iv: fields['iv'] as CellCurve }),
  };
  checkCrossbarProblem(problem, backward);
  return problem;
}

function vectors(value: unknown): Matrix {
  checkList(value, 'voltages', 'volts or of vectors of volts');
  const isVector = typeof value[0] === 'number';
  return (isVector ? [value] : value) as Matrix;
}

function wire(value: unknown): CrossbarProblem['wire'] {
  if (typeof value === 'number') return { row: value, column: value };
  if (value === undefined)
    throw new CrossbarProblemError('wire', 'is missing: ohms per segment, or 0 for none');
  const { row, column } = checkFields(value, 'wire', wireKeys);
  return { row: row as number, column: column as number };
}

function checkFields(value: unknown, path: string, known: readonly string[]): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new CrossbarProblemError(path, `must be an object with ${known.join(', ')}, not ${shown(value)}`);
  }
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined) {
    const at = path === '' ? stranger : `${path}.${stranger}`;
    throw new CrossbarProblemError(at, `is not known here; known are ${known.join(', ')}`);
  }
  return value as Record<string, unknown>;
}
