import { type CrossbarProblem, effectiveMatrix, networkOf, operatingPoints } from '@txsim/circuit-models';

/** What `txsim array plot` draws. */
export type Quantity = 'voltage' | 'current' | 'loss';

/** A value for each cell of an array. */
export interface CellMap {
  /** What it is of, over the map. */
  readonly title: string;
  /** What the colours are, in `unit`. */
  readonly quantity: string;
  readonly unit: 'V' | 'A' | '%';
  /** [M][N]; NaN where a cell has none. */
  readonly values: readonly (readonly number[])[];
  /** Whether colours begin at 0 even where all cells are far from it. */
  readonly fromZero: boolean;
}

export interface MapRequest {
  readonly what: Quantity;
  /** The index of the vector of voltages; the loss is the same for all. */
  readonly vector: number;
  readonly backward: boolean;
}

/** The maps of a quantity. */
export function cellMaps(problem: CrossbarProblem, { what, vector, backward }: MapRequest): CellMap[] {
  if (what === 'loss') return [lossMap(problem)];
  const one = { ...problem, voltages: [problem.voltages[vector]!] };
  const point = operatingPoints(one, { backward })[0]!;
  if (what === 'current') {
    const values = resolved(point.devices, 1e-12 * largest(point.devices));
    return [{ title: 'Device currents', quantity: 'current', unit: 'A', values, fromZero: true }];
  }
  const [word, bit] = backward ? [point.sensed, point.driven] : [point.driven, point.sensed];
  const floor = 1e-12 * largest([Array.from(problem.voltages[vector]!)]);
  const common = { quantity: 'voltage', unit: 'V', fromZero: false } as const;
  return [
    { title: 'Word-line nodes', values: resolved(word, floor), ...common },
    { title: 'Bit-line nodes', values: resolved(bit, floor), ...common },
  ];
}

/** What part of each conductance does not show at the terminals, 1 − Geff/G; of linear cells. */
function lossMap(problem: CrossbarProblem): CellMap {
  const { conductances: effective } = effectiveMatrix(problem.conductances, networkOf(problem));
  const lost = effective.map((row, i) =>
    row.map((g, j) => {
      const own = problem.conductances[i]![j]!;
      return own === 0 ? Number.NaN : 100 * (1 - g / own);
    }),
  );
  const quantity = '1 − Geff/G';
  return { title: 'Conductance lost', quantity, unit: '%', values: resolved(lost, 1e-8), fromZero: true };
}

/** What is too small for the solver to resolve is 0, not a pattern. */
const resolved = (values: readonly (readonly number[])[], floor: number): number[][] =>
  values.map((row) => row.map((value) => (Math.abs(value) < floor ? 0 : value)));

const largest = (values: readonly (readonly number[])[]): number =>
  values.reduce((most, row) => row.reduce((m, v) => Math.max(m, Math.abs(v)), most), 0);

/** The least and the largest value of a map; undefined where no cell has one. */
export function rangeOf({ values }: CellMap): { least: number; most: number } | undefined {
  let [least, most] = [Infinity, -Infinity];
  for (const row of values) {
    for (const value of row) {
      if (Number.isNaN(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return least <= most ? { least, most } : undefined;
}
