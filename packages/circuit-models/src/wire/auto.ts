import { uncancelled } from './closed-forms.js';
import { greatest } from './greatest.js';

/** When `auto` is content. */
export interface AutoOptions {
  /** Accepted |ΔI| / |I| over all vectors, of which those of the probe may take four fifths. Default 0.01. */
  readonly tolerance?: number;
  /** Vectors that are solved exactly for comparison. Default 4; with no more vectors than that all are. */
  readonly probe?: number;
}

/** What was found on the way to the method that was used. */
export interface Measured {
  /** |ΔI| / |I| of the method used, over the vectors of the probe; of differences where planes are paired. */
  readonly error: number;
  readonly vectors: number;
  readonly differential: boolean;
  /** Methods that were tried before and their errors. */
  readonly rejected: readonly { readonly method: string; readonly error: number }[];
}

/** A way to the currents of one plane. */
export interface Candidate {
  readonly name: string;
  currents(drives: readonly Float64Array[]): Float64Array[];
}

/** One array or several whose currents are combined, with the ways to solve them in order of effort. */
export interface Probed {
  readonly candidates: readonly Candidate[];
  readonly exact: (drives: readonly Float64Array[]) => Float64Array[];
  /** What the error is measured of, from the currents of the probe: differences of pairs, or the currents. */
  readonly observe: (currents: readonly Float64Array[], candidate: number | 'exact') => Float64Array[];
  readonly differential: boolean;
}

/** The candidate accepted, or none of them. */
export interface Choice {
  readonly candidate: number | undefined;
  readonly measured: Measured;
  /** Largest deviation of a current on the probe, relative to the largest that |V| drives there. */
  readonly worst: number;
}

/** How much worse than the probe's worst current others are allowed for in an `errorBound` that is measured. */
export const safety = 3;

/** The part of the tolerance that the error of the probe may take: over all vectors it is up to a fifth larger. */
const margin = 0.8;

/** Compares the candidates with the exact solution of some vectors, in order, until one is within the tolerance. */
export function choose(
  probed: Probed,
  probe: readonly Float64Array[],
  conductances: Float64Array,
  tolerance: number,
): Choice {
  const truth = probed.exact(probe);
  const observed = probed.observe(truth, 'exact');
  const rejected: { method: string; error: number }[] = [];
  const result = (candidate: number | undefined, error: number, worst: number): Choice => ({
    candidate,
    worst,
    measured: { error, vectors: probe.length, differential: probed.differential, rejected },
  });
  for (const [index, { name, currents }] of probed.candidates.entries()) {
    const guess = currents(probe);
    const error = relativeError(probed.observe(guess, index), observed);
    if (error <= margin * tolerance)
      return result(index, error, worstCurrent(guess, truth, probe, conductances));
    rejected.push({ method: name, error });
  }
  return result(undefined, 0, 0);
}

/** |a − b| / |b| over all vectors; 0 for nothing against nothing. */
function relativeError(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  let [off, whole] = [0, 0];
  b.forEach((vector, k) =>
    vector.forEach((value, j) => {
      off += (a[k]![j]! - value) ** 2;
      whole += value * value;
    }),
  );
  return off === 0 ? 0 : Math.sqrt(off / whole);
}

function worstCurrent(
  guess: readonly Float64Array[],
  truth: readonly Float64Array[],
  probe: readonly Float64Array[],
  conductances: Float64Array,
): number {
  const ratios = guess.map((vector, k) => {
    const scale = uncancelled(conductances, probe[k]!);
    const off = greatest(vector.map((current, j) => Math.abs(current - truth[k]![j]!)));
    return scale === 0 ? 0 : off / scale;
  });
  return greatest(ratios);
}

/** Some of the vectors, spread evenly over them. */
export function pick<T>(vectors: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, k) => vectors[Math.floor(((k + 0.5) * vectors.length) / count)]!);
}

/** For a matrix without vectors: all lines at one volt, then sequences that are spread evenly over [0, 1] volts. */
export function spreadDrives(rows: number, count: number): Float64Array[] {
  const golden = (Math.sqrt(5) - 1) / 2;
  return Array.from({ length: count }, (_, k) =>
    Float64Array.from({ length: rows }, (_, i) =>
      k === 0 ? 1 : ((i + 1) * golden * (2 * k - 1) + k / count) % 1,
    ),
  );
}
