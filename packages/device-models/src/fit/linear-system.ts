/**
 * The inverse of a symmetric positive definite matrix, by Cholesky's method.
 *
 * @returns undefined where the matrix is not positive definite to within rounding
 */
export function inverseOfSymmetric(matrix: readonly Float64Array[]): Float64Array[] | undefined {
  const n = matrix.length;
  const lower = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      if (i !== j) lower[i]![j] = sum / lower[j]![j]!;
      else if (sum > 1e-13 * Math.abs(matrix[i]![i]!)) lower[i]![i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  const columns = Array.from({ length: n }, (_, c) => solveColumn(lower, c));
  return Array.from({ length: n }, (_, i) => Float64Array.from(columns, (column) => column[i]!));
}

/** Solves L Lᵀ x = e_c. */
function solveColumn(lower: readonly Float64Array[], c: number): Float64Array {
  const n = lower.length;
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = i === c ? 1 : 0;
    for (let k = 0; k < i; k++) sum -= lower[i]![k]! * x[k]!;
    x[i] = sum / lower[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k]![i]! * x[k]!;
    x[i] = sum / lower[i]![i]!;
  }
  return x;
}

/** M · v */
export const times = (matrix: readonly Float64Array[], v: Float64Array): Float64Array =>
  Float64Array.from(matrix, (row) => row.reduce((sum, a, j) => sum + a * v[j]!, 0));
