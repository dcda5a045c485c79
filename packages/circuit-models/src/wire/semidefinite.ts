/** What a pivot must keep of its diagonal element; less is rounding of a mode that the earlier ones already contain. */
const independence = 1e-11;

/**
 * The inverse of a symmetric positive semidefinite matrix [n][n] on the modes that exist, 0 elsewhere: by elimination
 * of the matrix scaled to a unit diagonal, in the given order. A mode without energy, of infinite stiffness or contained
 * in the earlier ones is left out.
 */
export function semidefiniteInverse(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const scale = matrix.map((row, i) => (row[i]! > 0 && row[i]! < Infinity ? 1 / Math.sqrt(row[i]!) : 0));
  const left = matrix.map((row, i) =>
    row.map((value, j) => (scale[i]! * scale[j]! === 0 ? 0 : value * scale[i]! * scale[j]!)),
  );
  const right = left.map((_, i) => left.map((_, j) => (i === j ? 1 : 0)));
  const kept: number[] = [];
  for (let p = 0; p < size; p++) {
    if (!(left[p]![p]! > independence)) continue;
    kept.push(p);
    const pivot = left[p]![p]!;
    for (const side of [left, right]) side[p] = side[p]!.map((value) => value / pivot);
    for (let q = 0; q < size; q++) {
      const factor = left[q]![p]!;
      if (q === p || factor === 0) continue;
      for (const side of [left, right]) side[q] = side[q]!.map((value, k) => value - factor * side[p]![k]!);
    }
  }
  const has = new Set(kept);
  return right.map((row, i) =>
    row.map((value, j) => (has.has(i) && has.has(j) ? value * scale[i]! * scale[j]! : 0)),
  );
}
