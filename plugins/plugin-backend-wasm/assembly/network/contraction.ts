import {
  columnEnd,
  columnMinimum,
  columns,
  columnSegment,
  rowEnd,
  rowMinimum,
  rows,
  rowSegment,
} from './lines';
import { coupled } from './plane';

/** 1 − ρ, ρ being proved to bound K in the norm max |x| / w, and max w / min w. */
export let gap: f32 = 1;
export let spread: f32 = 1;

const SHARPEN_ABOVE: f32 = 0.5;
const SHARPENING_SWEEPS: i32 = 6;
const FLOOR: f32 = 1 / f32(32);
/** Half a step of float32, relative. */
const ROUNDING: f32 = 5.9604645e-8;

/**
 * ρ_b with w = 1; on severe arrays the measured max (K w) / w of a w that starts as the lowest mode of a uniform array,
 * about a quarter wave along either side, and is smoothed by K. Which of them is smallest is kept. See `contractionOf`
 * of @txsim/circuit-models.
 *
 * @param w [m][n] workspace; `x` and `next` alike, `line` [n]
 */
export function contract(w: usize, x: usize, next: usize, line: usize): void {
  gap = max(rowMinimum + columnMinimum * (1 - rowMinimum), 1e-30);
  spread = 1;
  if (1 - gap <= SHARPEN_ABOVE) return;
  const count = rows * columns;
  const allowance: f32 = 1 + 8 * f32(rows + columns) * ROUNDING;
  lowestMode(w);
  for (let k = 0; k < SHARPENING_SWEEPS; k++) {
    coupled(w, x, next, line);
    let ratio: f32 = 0;
    let most: f32 = 0;
    let heaviest: f32 = 0;
    let lightest: f32 = Infinity;
    for (let c = 0; c < count; c++) {
      const before = load<f32>(w + 4 * c);
      const after = load<f32>(next + 4 * c);
      ratio = max(ratio, after / before);
      most = max(most, after);
      heaviest = max(heaviest, before);
      lightest = min(lightest, before);
    }
    const proved: f32 = 1 - ratio * allowance;
    if (proved > gap) {
      gap = proved;
      spread = heaviest / lightest;
    }
    for (let c = 0; c < count; c++) store<f32>(w + 4 * c, load<f32>(next + 4 * c) / most + FLOOR);
  }
}

function lowestMode(w: usize): void {
  for (let i = 0; i < rows; i++) {
    const along = rise(rows - 1 - i, rows, columnEnd, columnSegment);
    for (let j = 0; j < columns; j++) {
      store<f32>(w + 4 * (i * columns + j), along * rise(j, columns, rowEnd, rowSegment) + FLOOR);
    }
  }
}

/** From the held end (a terminal resistance counts as so many segments more) to the open one: a parabola. */
function rise(cell: i32, length: i32, end: f32, segment: f32): f32 {
  if (segment == 0) return 1;
  const before = end / segment;
  const at = (f32(cell) + before) / (f32(length) - 0.5 + before);
  return at * (2 - at);
}
