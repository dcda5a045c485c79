import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { solveArray } from '../../src/wire/index.js';
import { largest, validationTable } from '../../../../test/support/validation.js';
import { ladderLimit } from './support/ladder-limits.js';

interface Fixture {
  r_row: number;
  r_col: number;
  r_src: number;
  r_sink: number;
  G: number[][];
  V: number[][];
  I_splu: number[][];
  I_ideal: number[][];
}

const table = validationTable(
  'Reference crossbars',
  'Every current of the exact solver against a sparse LU solution in float64 that agrees with ngspice to 10⁻¹².',
  ['array', 'currents', 'largest relative distance'],
);

const folder = new URL('../../../../test/fixtures/crossbars/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

it('there are thirteen reference crossbars', () => expect(files).toHaveLength(13));

describe.each(files)('%s', (file) => {
  const data = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Fixture;
  const { G, V, I_splu: expected, I_ideal: ideal } = data;
  const wire = { row: data.r_row, column: data.r_col };
  const problem = { conductances: G, voltages: V, wire, source: data.r_src, sink: data.r_sink };

  it('exact agrees to 1e-9 of every current with sparse LU', () => {
    const { currents } = solveArray(problem);
    const off = worstRatio(currents, expected);
    expect(off).toBeLessThan(1e-9);
    table.row(file.replace(/^xbar-|\.json$/g, ''), String(expected.flat().length), largest([off]));
  });

  it('exact agrees to 1e-9 when driven from the bit lines of the mirrored, transposed array', () => {
    const conductances = [...G[0]!.keys()].reverse().map((j) => G.map((row) => row[j]!).reverse());
    const voltages = V.map((vector) => [...vector].reverse());
    const { currents } = solveArray(
      { ...problem, conductances, voltages, wire: { row: wire.column, column: wire.row } },
      { backward: { source: data.r_sink, sink: data.r_src } },
    );
    const inOrder = currents.map((vector) => [...vector].reverse());
    expect(worstRatio(inOrder, expected)).toBeLessThan(1e-9);
  });

  it('ladder stays within three times the error known for its severity', () => {
    const { currents, severity } = solveArray(problem, { method: 'ladder' });
    expect(relativeNorm(currents, expected)).toBeLessThan(ladderLimit(severity));
  });

  it('ideal is V · G', () => {
    const { currents } = solveArray(problem, { method: 'ideal' });
    expect(worstRatio(currents, ideal)).toBeLessThan(1e-9);
  });
});

table.isOnPage();

function worstRatio(currents: number[][], expected: number[][]): number {
  return Math.max(...currents.flatMap((row, k) => row.map((I, j) => Math.abs(I / expected[k]![j]! - 1))));
}

function relativeNorm(currents: number[][], expected: number[][]): number {
  const deviations = currents.flatMap((row, k) => row.map((I, j) => I - expected[k]![j]!));
  return Math.hypot(...deviations) / Math.hypot(...expected.flat());
}
