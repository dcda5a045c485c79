import { type AutoOptions, choose, type Measured, pick, safety } from './auto.js';
import type { CellCurve, CellTreatment } from './cell-curve.js';
import { uncancelled } from './closed-forms.js';
import type { Crossbar } from './crossbar.js';
import { exactCurrents } from './exact-currents.js';
import { greatest } from './greatest.js';
import { type LineLadders, lineLadders } from './line-ladders.js';
import type { ErrorKind, SolvedMethod } from './methods.js';
import { largestVolts, waysFor } from './ways.js';

/** What `auto` takes besides its options. */
export interface AutoProblem {
  readonly ladders: LineLadders;
  readonly drives: readonly Float64Array[];
  readonly iv: CellCurve | undefined;
  /** The plane whose currents are subtracted, or columns side by side, or nothing. */
  readonly pairs: Crossbar | 'adjacentColumns' | undefined;
}

export interface AutoAnswer {
  readonly method: SolvedMethod;
  readonly cells: CellTreatment;
  readonly currents: readonly Float64Array[];
  readonly effective?: Float64Array;
  readonly errorBound: number;
  readonly errorKind: ErrorKind;
  readonly sweeps?: number;
  readonly measured: Measured;
}

/**
 * Solves some vectors exactly and takes the cheapest way whose error on them is accepted: ladder, ladder2, then exact;
 * where cells have a curve, from the treatment that suits it upwards. With no more vectors than the probe has, all are
 * solved exactly at once, to a thousandth of the tolerance or 1e-6.
 */
export function solveAuto(problem: AutoProblem, options: AutoOptions & { maxSweeps?: number }): AutoAnswer {
  const { tolerance = 0.01, probe = 4, maxSweeps } = options;
  const { ladders, drives, iv } = problem;
  const precise = { tolerance: Math.min(1e-6, tolerance / 1000), ...(maxSweeps && { maxSweeps }) };
  const exact = (array: LineLadders) => (some: readonly Float64Array[]) =>
    exactCurrents(array, some, iv, precise);
  const worthwhile = drives.length > probe && waysFor(ladders, iv, largestVolts(drives)).length > 0;
  const choice = worthwhile ? chosen(problem, pick(drives, probe), exact, tolerance) : undefined;
  const way = choice?.way;
  if (!choice || !way) {
    const answer = exact(ladders)(drives);
    const none: Measured = { error: 0, vectors: drives.length, differential: false, rejected: [] };
    const cells = iv ? 'newton' : 'linear';
    return { method: 'exact', cells, ...answer, errorKind: 'proved', measured: choice?.measured ?? none };
  }
  const scale = greatest(drives.map((drive) => uncancelled(ladders.crossbar.conductances, drive)));
  return {
    method: way.method,
    cells: way.cells,
    currents: way.currents(drives),
    ...(way.effective && { effective: way.effective() }),
    errorBound: safety * choice.worst * scale,
    errorKind: 'measured',
    measured: choice.measured,
  };
}

type Exact = (array: LineLadders) => (some: readonly Float64Array[]) => { readonly currents: Float64Array[] };

function chosen(
  { ladders, drives, iv, pairs }: AutoProblem,
  probe: readonly Float64Array[],
  exact: Exact,
  tolerance: number,
) {
  const volts = largestVolts(drives);
  const ways = waysFor(ladders, iv, volts);
  const minus = typeof pairs === 'object' ? lineLadders(pairs) : undefined;
  const minusWays = minus && waysFor(minus, iv, volts);
  const observe = (currents: readonly Float64Array[], index: number | 'exact') => {
    if (pairs === 'adjacentColumns') return currents.map(adjacentDifferences);
    if (!minus) return [...currents];
    const other = index === 'exact' ? exact(minus)(probe).currents : minusWays![index]!.currents(probe);
    return currents.map((vector, k) => vector.map((current, j) => current - other[k]![j]!));
  };
  const choice = choose(
    {
      candidates: ways.map(({ method, cells, currents }) => ({
        name: iv ? `${method}, ${cells}` : method,
        currents,
      })),
      exact: (some) => exact(ladders)(some).currents,
      observe,
      differential: pairs !== undefined,
    },
    probe,
    ladders.crossbar.conductances,
    tolerance,
  );
  return { ...choice, way: choice.candidate === undefined ? undefined : ways[choice.candidate] };
}

/** I_0 − I_1, I_2 − I_3, …; a last column without a partner stays as it is. */
function adjacentDifferences(currents: Float64Array): Float64Array {
  return Float64Array.from(
    { length: Math.ceil(currents.length / 2) },
    (_, pair) => currents[2 * pair]! - (currents[2 * pair + 1] ?? 0),
  );
}
