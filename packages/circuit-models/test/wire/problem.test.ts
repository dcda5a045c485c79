import { describe, expect, it } from 'vitest';
import {
  CrossbarProblemError,
  effectiveMatrix,
  parseCrossbarProblem,
  solveArray,
} from '../../src/wire/index.js';

const good = {
  conductances: [
    [1e-5, 2e-5, 0],
    [3e-5, 4e-5, 1e-6],
  ],
  voltages: [
    [0.1, 0.2],
    [-0.1, 0],
  ],
  wire: { row: 1, column: 2 },
  source: 100,
  sink: 50,
};

function errorOf(act: () => unknown): CrossbarProblemError {
  try {
    act();
  } catch (error) {
    if (error instanceof CrossbarProblemError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('parseCrossbarProblem', () => {
  it('keeps a full problem as it is', () => expect(parseCrossbarProblem(good)).toEqual(good));

  it('takes one vector of voltages, one number for both wires, and no terminals as 0', () => {
    const { conductances } = good;
    expect(parseCrossbarProblem({ conductances, voltages: [1, 2], wire: 3 })).toEqual({
      conductances,
      voltages: [[1, 2]],
      wire: { row: 3, column: 3 },
      source: 0,
      sink: 0,
    });
  });

  it('counts voltages by the lines that are driven', () => {
    const backward = { ...good, voltages: [[1, 2, 3]] };
    expect(parseCrossbarProblem(backward, true)).toEqual(backward);
    expect(errorOf(() => parseCrossbarProblem(backward)).message).toBe(
      'voltages[0]: has 3 voltages for 2 word lines',
    );
    expect(errorOf(() => parseCrossbarProblem(good, true)).message).toBe(
      'voltages[0]: has 2 voltages for 3 bit lines',
    );
  });

  const cell = (value: unknown) => ({ ...good, conductances: [good.conductances[0], [3e-5, 4e-5, value]] });
  it.each([
    [
      cell(-1e-6),
      'conductances[1][2]',
      'a conductance in siemens (0 for an open cell), finite and ≥ 0, not -0.000001',
    ],
    [cell(NaN), 'conductances[1][2]', 'not NaN'],
    [cell(Infinity), 'conductances[1][2]', 'not Infinity'],
    [cell('1e-5'), 'conductances[1][2]', 'not "1e-5"'],
    [cell(null), 'conductances[1][2]', 'not null'],
    [
      {
        ...good,
        conductances: [
          [1, 2, 3],
          [4, 5],
        ],
      },
      'conductances[1]',
      'has 2 cells where row 0 has 3',
    ],
    [{ ...good, conductances: [[], []] }, 'conductances[0]', 'not empty'],
    [{ ...good, conductances: [] }, 'conductances', 'not empty'],
    [{ ...good, conductances: 5 }, 'conductances', 'must be a list of rows, one for each word line, not 5'],
    [
      { ...good, conductances: [1, 2] },
      'conductances[0]',
      'must be a list of siemens, one for each bit line, not 1',
    ],
    [{ ...good, conductances: undefined }, 'conductances', 'not missing'],
    [{ ...good, voltages: [[0.1, 0.2], [0.3]] }, 'voltages[1]', 'has 1 voltages for 2 word lines'],
    [{ ...good, voltages: [[0.1, NaN]] }, 'voltages[0][1]', 'must be finite volts, not NaN'],
    [{ ...good, voltages: [] }, 'voltages', 'not empty'],
    [
      { ...good, wire: { row: -1, column: 0 } },
      'wire.row',
      'must be ohms per segment, finite and ≥ 0, not -1',
    ],
    [{ ...good, wire: { row: 1 } }, 'wire.column', 'not missing'],
    [
      { ...good, wire: { row: 1, column: 1, diagonal: 1 } },
      'wire.diagonal',
      'is not known here; known are row, column',
    ],
    [{ ...good, wire: undefined }, 'wire', 'is missing: ohms per segment, or 0 for none'],
    [{ ...good, source: 'none' }, 'source', 'must be ohms, finite and ≥ 0, not "none"'],
    [{ ...good, sink: -2 }, 'sink', 'not -2'],
    [{ ...good, souce: 3 }, 'souce', 'known are conductances, voltages, wire, source, sink'],
    [[good], '', 'must be an object with conductances'],
    [null, '', 'not null'],
  ])('%# refuses with the path of the bad value', (problem, path, reason) => {
    const error = errorOf(() => parseCrossbarProblem(problem));
    expect(error.path).toBe(path);
    expect(error.message).toContain(reason);
    expect(error.message.startsWith(path)).toBe(true);
  });
});

it('solveArray and effectiveMatrix check what they are given', () => {
  expect(errorOf(() => solveArray({ ...good, sink: NaN })).path).toBe('sink');
  expect(
    errorOf(() => solveArray({ ...good, voltages: [[1, 2, 3]] }, { backward: { source: -1 } })).path,
  ).toBe('backward.source');
  const network = { row: 1, column: 1, source: 0, sink: -1 };
  expect(errorOf(() => effectiveMatrix(good.conductances, network)).path).toBe('sink');
});
