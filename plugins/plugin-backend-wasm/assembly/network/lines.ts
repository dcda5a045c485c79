/**
 * The array that is being solved: pointers to [m, n] float32 and what its lines are made of. Set by `prepare`.
 *
 * Lines are described by what falls from cell to cell, never by differences: float32 would lose G against 2/R.
 */
export let rows: i32 = 0;
export let columns: i32 = 0;
/** Siemens. */
export let cells: usize = 0;
/** t of the segment from (i, j) to (i, j+1), and from (i, j) to (i−1, j). */
export let rowTransfer: usize = 0;
export let columnTransfer: usize = 0;
/** r, and c·G in siemens. */
export let rowProfile: usize = 0;
export let received: usize = 0;
/** [n] c of the last row. */
export let lastProfile: usize = 0;
/** [m] p = Σⱼ r·G·(1−c), siemens, and κ, ohms: the sneak paths of rank one, from which solutions start. */
export let lost: usize = 0;
export let sneak: f32 = 0;
/** Ohms: a segment, and all in front of a word line's first or behind a bit line's last cell. */
export let rowSegment: f32 = 0;
export let columnSegment: f32 = 0;
export let rowEnd: f32 = 0;
export let columnEnd: f32 = 0;
/** min r and min c. */
export let rowMinimum: f32 = 0;
export let columnMinimum: f32 = 0;

/** Bytes of workspace that `prepare` takes. */
export function lineBytes(m: i32, n: i32): usize {
  return 4 * (5 * m * n + 2 * m + 2 * n);
}

/** Describes the lines of an array; what it writes stays in `workspace`. */
export function prepare(
  m: i32,
  n: i32,
  g: usize,
  row: f32,
  column: f32,
  atRow: f32,
  atColumn: f32,
  workspace: usize,
): void {
  const plane: usize = 4 * m * n;
  rows = m;
  columns = n;
  cells = g;
  rowSegment = row;
  columnSegment = column;
  rowEnd = atRow;
  columnEnd = atColumn;
  rowTransfer = workspace;
  columnTransfer = rowTransfer + plane;
  rowProfile = columnTransfer + plane;
  received = rowProfile + plane;
  const columnProfile = received + plane;
  lost = columnProfile + plane;
  lastProfile = lost + 4 * m;
  const seen = lastProfile + 4 * n;
  rowMinimum = ladders(
    m,
    n,
    4 * n,
    g + 4 * (n - 1),
    -4,
    4 * (n - 1),
    row,
    atRow,
    rowTransfer,
    rowProfile,
    seen,
  );
  columnMinimum = ladders(n, m, 4, g, 4 * n, 0, column, atColumn, columnTransfer, columnProfile, seen);
  memory.copy(lastProfile, columnProfile + plane - 4 * n, 4 * n);
  sneakPaths(columnProfile);
}

/**
 * Lines from their open ends: y ← G + t·y with t = 1 / (1 + segment·y) of what the line shows so far, then the profile
 * back from the held end. All lines step together.
 *
 * @param lineStep bytes from line to line
 * @param step bytes from cell to cell towards the held end
 * @param start bytes to the open end of line 0
 * @param seen workspace, [lines]
 * @returns the least of the profiles
 */
function ladders(
  lines: i32,
  length: i32,
  lineStep: usize,
  g: usize,
  step: isize,
  start: usize,
  segment: f32,
  end: f32,
  transfer: usize,
  profile: usize,
  seen: usize,
): f32 {
  memory.fill(seen, 0, 4 * lines);
  let at = start;
  for (let cell = 0; cell < length; cell++) {
    let k = at;
    for (let line = 0; line < lines; line++) {
      const y = load<f32>(seen + 4 * line);
      const t: f32 = 1 / (1 + segment * y);
      store<f32>(transfer + k, t);
      store<f32>(seen + 4 * line, load<f32>(g + k - start) + t * y);
      k += lineStep;
    }
    at += step;
  }
  for (let line = 0; line < lines; line++) {
    store<f32>(seen + 4 * line, 1 / (1 + end * load<f32>(seen + 4 * line)));
  }
  for (let cell = 0; cell < length; cell++) {
    at -= step;
    let k = at;
    for (let line = 0; line < lines; line++) {
      const voltage = load<f32>(seen + 4 * line);
      store<f32>(profile + k, voltage);
      if (cell < length - 1) store<f32>(seen + 4 * line, voltage * load<f32>(transfer + k));
      k += lineStep;
    }
  }
  let least: f32 = 1;
  for (let line = 0; line < lines; line++) least = min(least, load<f32>(seen + 4 * line));
  return least;
}

/** c·G, and p and κ of the rank-one form, in float64 sums. */
function sneakPaths(columnProfile: usize): void {
  let a: f64 = 0;
  let d: f64 = 0;
  let w: f64 = 0;
  let k: usize = 0;
  for (let i = 0; i < rows; i++) {
    let fed: f64 = 0;
    for (let j = 0; j < columns; j++) {
      const g = f64(load<f32>(cells + k));
      const r = f64(load<f32>(rowProfile + k));
      const c = f64(load<f32>(columnProfile + k));
      store<f32>(received + k, f32(c * g));
      a += g * (1 - r);
      d += g * (1 - c);
      w += g * (1 - r) * (1 - c);
      fed += r * g * (1 - c);
      k += 4;
    }
    store<f32>(lost + 4 * i, f32(fed));
  }
  const determinant = a * d - w * w;
  sneak = w > 0 && determinant > 1e-12 * a * d ? f32(w / determinant) : 0;
}
