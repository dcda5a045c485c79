import type { LineLadders } from './line-ladders.js';
import { semidefiniteInverse } from './semidefinite.js';

/** Modes of one side: 1, y, x and x y times the answer of that side to a uniform potential of the other. */
export const modes = [
  { x: 0, y: 0 },
  { x: 0, y: 1 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
] as const;

type Mode = (typeof modes)[number];

/** How the sneak paths of an array answer in the space of eight smooth potentials. */
export interface SneakModes {
  /** [M] and [N]: coordinates of the rows and of the columns in [−1, 1]; 0 where there is only one line. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** [4][4] ohms: word-line mode answering a current that feeds a bit-line mode. */
  readonly answer: readonly (readonly number[])[];
  /** [N] Σ_i c G (1 − r) and Σ_i x_i c G (1 − r): what a column gains from the word-line modes, siemens. */
  readonly gain: readonly [Float64Array, Float64Array];
}

/**
 * Galerkin's method with u = (1 − r) φ, v = (1 − c) φ, φ in span{1, y, x, x y}: the energies of the modes are moments
 * of G (1 − r), G (1 − c) and G (1 − r)(1 − c) up to x² y², and those of the wires that a mode strains beyond its
 * profile. The derivation is in `docs/reference/wire-solver.md`. O(M N).
 */
export function sneakModes(ladders: LineLadders): SneakModes {
  const { rows, columns } = ladders.crossbar;
  const x = coordinates(rows);
  const y = coordinates(columns);
  const { word, bit, both, gain } = cellMoments(ladders, x, y);
  const strain = strains(ladders, x, y);
  type Element = (i: number, j: number, a: Mode, b: Mode) => number;
  const block = (element: Element) => modes.map((a) => modes.map((b) => element(a.x + b.x, a.y + b.y, a, b)));
  const wordEnergy = block((i, j, a, b) => word[i]![j]! + (a.y && b.y ? strain.word[i]! : 0));
  const bitEnergy = block((i, j, a, b) => bit[i]![j]! + (a.x && b.x ? strain.bit[j]! : 0));
  const coupling = block((i, j) => -both[i]![j]!);
  const inverse = semidefiniteInverse([
    ...wordEnergy.map((row, m) => [...row, ...coupling[m]!]),
    ...bitEnergy.map((row, m) => [...coupling[m]!, ...row]),
  ]);
  return { x, y, answer: inverse.slice(0, 4).map((row) => row.slice(4)), gain };
}

function coordinates(lines: number): Float64Array {
  return Float64Array.from({ length: lines }, (_, k) => (lines > 1 ? (2 * k) / (lines - 1) - 1 : 0));
}

type Moments = number[][];
const noMoments = (): Moments => [0, 1, 2].map(() => [0, 0, 0]);

/** Σ x^i y^j of G (1 − r), G (1 − c) and G (1 − r)(1 − c), i, j = 0, 1, 2. */
function cellMoments(ladders: LineLadders, x: Float64Array, y: Float64Array) {
  const { rowProfile, columnProfile } = ladders;
  const { rows, columns, conductances } = ladders.crossbar;
  const gain: [Float64Array, Float64Array] = [new Float64Array(columns), new Float64Array(columns)];
  const [word, bit, both] = [noMoments(), noMoments(), noMoments()];
  const [constant, linear] = gain;
  for (let i = 0, k = 0; i < rows; i++) {
    let w0 = 0, w1 = 0, w2 = 0, b0 = 0, b1 = 0, b2 = 0, c0 = 0, c1 = 0, c2 = 0; // prettier-ignore
    for (let j = 0; j < columns; j++, k++) {
      const g = conductances[k]!;
      const c = columnProfile[k]!;
      const at = y[j]!;
      const w = g * (1 - rowProfile[k]!);
      const b = g * (1 - c);
      const s = w * (1 - c);
      constant[j]! += c * w;
      linear[j]! += c * w * x[i]!;
      w0 += w;
      w1 += w * at;
      w2 += w * at * at; // prettier-ignore
      b0 += b;
      b1 += b * at;
      b2 += b * at * at; // prettier-ignore
      c0 += s;
      c1 += s * at;
      c2 += s * at * at; // prettier-ignore
    }
    addRow(word, x[i]!, [w0, w1, w2]);
    addRow(bit, x[i]!, [b0, b1, b2]);
    addRow(both, x[i]!, [c0, c1, c2]);
  }
  return { word, bit, both, gain };
}

function addRow(moments: Moments, x: number, sums: readonly number[]) {
  [1, x, x * x].forEach((power, i) => sums.forEach((sum, j) => (moments[i]![j]! += power * sum)));
}

/**
 * Energy of the segments beyond that of the profile: (1/R) Σ w_j w_(j+1) (φ_(j+1) − φ_j)², as moments of the lines'
 * own coordinate. Infinite without segment resistance: there a potential cannot vary along the line.
 */
function strains(ladders: LineLadders, x: Float64Array, y: Float64Array) {
  const { rowProfile, columnProfile } = ladders;
  const { rows, columns, network } = ladders.crossbar;
  const word = [0, 0, 0];
  const bit = [0, 0, 0];
  for (let i = 0, k = 0; i < rows; i++) {
    let along = 0;
    for (let j = 0; j < columns; j++, k++) {
      if (j + 1 < columns) along += (1 - rowProfile[k]!) * (1 - rowProfile[k + 1]!);
      if (i + 1 === rows) continue;
      const across = (1 - columnProfile[k]!) * (1 - columnProfile[k + columns]!);
      bit[0]! += across;
      bit[1]! += across * y[j]!;
      bit[2]! += across * y[j]! * y[j]!;
    }
    word[0]! += along;
    word[1]! += along * x[i]!;
    word[2]! += along * x[i]! * x[i]!;
  }
  const [stepX, stepY] = [2 / (rows - 1), 2 / (columns - 1)];
  return {
    word: word.map((sum) => stiffness(sum, columns, stepY, network.row)),
    bit: bit.map((sum) => stiffness(sum, rows, stepX, network.column)),
  };
}

function stiffness(sum: number, cells: number, step: number, segment: number): number {
  if (cells === 1) return 0;
  return segment > 0 ? (sum * step * step) / segment : Infinity;
}
