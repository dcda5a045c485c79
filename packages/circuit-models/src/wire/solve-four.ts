import { Certificate } from './certificate.js';
import { Chebyshev } from './chebyshev.js';
import type { ExactOptions } from './exact-options.js';
import type { LineLadders } from './line-ladders.js';
import type { ExactArray, ExactCurrents } from './solve-exact.js';
import { lanes, sweepFour } from './sweep-four.js';

/**
 * The method of `exactSolver` for one to four vectors at once; each keeps the currents of the sweep that proved its
 * own bound. The three fields of nodes that it works with are allocated once.
 */
export function fourSolver({ ladders, contraction, scales }: ExactArray, options: ExactOptions) {
  const { maxSweeps = 10_000 } = options;
  const size = ladders.rowProfile.length * lanes;
  const fields = lazy(
    () => [new Float64Array(size), new Float64Array(size), new Float64Array(size)] as const,
  );
  return (drives: readonly Float64Array[]): ExactCurrents[] => {
    const [first, second, plain] = fields();
    let [u, previous] = [first, second];
    const chebyshev = new Chebyshev(contraction.gap);
    const certificates = drives.map(
      (drive) => new Certificate(scales, contraction, drive, options, chebyshev.patience),
    );
    const answers = new Map<number, ExactCurrents>();
    const volts = interleaved(drives);
    ground(ladders, volts, u);
    previous.set(u);
    const changes = new Float64Array(lanes);
    for (let sweeps = 1; ; sweeps++) {
      const next = { into: previous, overshoot: chebyshev.overshoot, relaxation: chebyshev.relaxation() };
      sweepFour(ladders, volts, u, plain, { scales: contraction.scales, changes, next });
      const proved = certificates.flatMap((certificate, lane) =>
        !answers.has(lane) && certificate.holds(changes[lane]!, sweeps) ? [lane] : [],
      );
      const currents = proved.length > 0 ? currentsOfFour(ladders, plain) : undefined;
      for (const lane of proved) {
        const { errorBound } = certificates[lane]!;
        answers.set(lane, { currents: laneOf(currents!, lane), errorBound, sweeps });
      }
      if (answers.size === drives.length) return drives.map((_, lane) => answers.get(lane)!);
      if (sweeps >= maxSweeps) {
        const lane = drives.findIndex((_, k) => !answers.has(k));
        throw certificates[lane]!.failure(changes[lane]!, sweeps);
      }
      [u, previous] = [previous, u];
    }
  };
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** u = r V: the word-line nodes with grounded bit lines. */
function ground({ crossbar, rowProfile }: LineLadders, volts: Float64Array, u: Float64Array) {
  u.fill(0);
  for (let i = 0; i < crossbar.rows; i++) {
    for (let lane = 0; lane < lanes; lane++) {
      const v = volts[i * lanes + lane]!;
      if (v === 0) continue;
      for (let j = 0, k = i * crossbar.columns; j < crossbar.columns; j++, k++) {
        u[k * lanes + lane] = v * rowProfile[k]!;
      }
    }
  }
}

/** [n] vectors as [n·4], zeros where there are fewer than four. */
function interleaved(vectors: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(vectors[0]!.length * lanes);
  vectors.forEach((vector, lane) => {
    for (let k = 0, at = lane; k < vector.length; k++, at += lanes) all[at] = vector[k]!;
  });
  return all;
}

function laneOf(all: Float64Array, lane: number): Float64Array {
  return Float64Array.from({ length: all.length / lanes }, (_, k) => all[k * lanes + lane]!);
}

/** [N·4] I_j = Σ_i c_ij G_ij u_ij of each vector. */
function currentsOfFour({ crossbar, columnProfile }: LineLadders, u: Float64Array): Float64Array {
  const { rows, columns, conductances } = crossbar;
  const currents = new Float64Array(columns * lanes);
  for (let i = 0, k = 0, from = 0; i < rows; i++) {
    for (let to = 0; to < currents.length; to += lanes, k++, from += lanes) {
      const weight = columnProfile[k]! * conductances[k]!;
      currents[to]! += weight * u[from]!;
      currents[to + 1]! += weight * u[from + 1]!;
      currents[to + 2]! += weight * u[from + 2]!;
      currents[to + 3]! += weight * u[from + 3]!;
    }
  }
  return currents;
}
