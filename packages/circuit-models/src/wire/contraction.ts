import { greatest } from './greatest.js';
import type { LineLadders } from './line-ladders.js';
import { columnCurrents, sweep } from './sweep.js';

/**
 * A proof that sweeps contract: K w ≤ ρ w in every component, with K = T_r G T_c G ≥ 0 and w > 0.
 *
 * Then |K x|_w ≤ ρ |x|_w in the norm |x|_w = max |x_k| / w_k, hence ρ bounds the spectral radius of K, and a plain
 * sweep z from u lies within |z − u|_w · ρ / (1 − ρ) of the solution. w = 1 and ρ = ρ_b is always such a proof.
 */
export interface Contraction {
  /** 1 − ρ, kept instead of ρ because it is what cancels; > 0. */
  readonly gap: number;
  /** [M·N] 1 / w; w is at most about 1. */
  readonly scales: Float64Array;
  /** max w. */
  readonly heaviest: number;
  /** [N] Σ_i c_ij G_ij w_ij in siemens: the currents that an error w of the word-line nodes makes. */
  readonly reach: Float64Array;
}

const sharpenAbove = 0.5;
const sharpeningSweeps = 3;
const weightFloor = 1 / 32;

/**
 * ρ_b with w = 1; on severe arrays a sharper proof. ρ_b tends to 1 exponentially with the length of the lines, the
 * spectral radius only quadratically, so there w starts as the lowest mode of a uniform array (a quarter wave along
 * either side), is smoothed by a few applications of K and kept when its ρ is the smaller one.
 */
export function contractionOf(ladders: LineLadders): Contraction {
  const { rowMinimum, columnMinimum, severity } = ladders;
  const { rows, columns } = ladders.crossbar;
  let weights: Float64Array = new Float64Array(rows * columns).fill(1);
  let gap = Math.max(rowMinimum + columnMinimum * (1 - rowMinimum), Number.MIN_VALUE);
  if (severity > sharpenAbove) {
    let candidate = lowestMode(ladders);
    for (let k = 0; k < sharpeningSweeps; k++) {
      const { proved, next } = applied(ladders, candidate);
      if (proved > gap) [gap, weights] = [proved, candidate];
      candidate = next;
    }
  }
  const scales = new Float64Array(weights.length);
  for (let k = 0; k < scales.length; k++) scales[k] = 1 / weights[k]!;
  return { gap, scales, heaviest: greatest(weights), reach: columnCurrents(ladders, weights) };
}

/** min (w − K w) / w less what rounding may have hidden, and K w as the next candidate. */
function applied(ladders: LineLadders, weights: Float64Array) {
  const { rows, columns } = ladders.crossbar;
  const next = new Float64Array(weights.length);
  sweep(ladders, new Float64Array(rows), weights, next);
  let ratio = 0;
  let largest = 0;
  for (let k = 0; k < next.length; k++) {
    ratio = Math.max(ratio, next[k]! / weights[k]!);
    largest = Math.max(largest, next[k]!);
  }
  for (let k = 0; k < next.length; k++) next[k] = next[k]! / largest + weightFloor;
  return { proved: 1 - ratio * (1 + roundingOf(rows, columns)), next };
}

function lowestMode({ crossbar, rowEnd, columnEnd }: LineLadders): Float64Array {
  const { rows, columns, network } = crossbar;
  const across = quarterWave(columns, rowEnd, network.row);
  const along = quarterWave(rows, columnEnd, network.column);
  const mode = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      mode[i * columns + j] = across[j]! * along[rows - 1 - i]! + weightFloor;
    }
  }
  return mode;
}

/** From the held end (a terminal resistance counts as so many segments more) to the open one. */
function quarterWave(cells: number, end: number, segment: number): number[] {
  const before = segment > 0 ? end / segment : Infinity;
  if (before === Infinity) return new Array<number>(cells).fill(1);
  return Array.from({ length: cells }, (_, k) =>
    Math.sin(((Math.PI / 2) * (k + before)) / (cells - 0.5 + before)),
  );
}

/** Relative rounding of one sweep: about eight operations for each of the M + N cells that a path visits. */
export function roundingOf(rows: number, columns: number): number {
  return (8 * (rows + columns) * Number.EPSILON) / 2;
}
