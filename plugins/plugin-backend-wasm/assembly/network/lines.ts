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
  return 4 * (5 * m * n + max(m, n) + n);
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
  lastProfile = columnProfile + plane;
  const seen = lastProfile + 4 * n;
  rowMinimum = 1;
  // Four word lines at a time: their cells lie far from those of others.
  for (let i = 0; i < m; i += 4) {
    const at: usize = 4 * i * n;
    const open = g + at + 4 * (n - 1);
    const least = ladders(min(4, m - i), n, 4 * n, open, -4, 4 * (n - 1), row, atRow, rowTransfer + at, rowProfile + at, seen); // prettier-ignore
    rowMinimum = min(rowMinimum, least);
  }
  columnMinimum = ladders(n, m, 4, g, 4 * n, 0, column, atColumn, columnTransfer, columnProfile, seen);
  memory.copy(lastProfile, columnProfile + plane - 4 * n, 4 * n);
  for (let k: usize = 0; k < plane; k += 4) {
    store<f32>(received + k, load<f32>(columnProfile + k) * load<f32>(g + k));
  }
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
