/** A symmetric matrix in compressed columns: of each column the elements in and above the diagonal. */
export interface SymmetricMatrix {
  readonly size: number;
  /** [size + 1] where each column begins. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/**
 * L D Lᵀ of a sparse symmetric positive definite matrix, row by row along the elimination tree: a general solver to compare
 * with, as any circuit simulator may have it. Fill depends on the order of the unknowns.
 *
 * Method: T. A. Davis, "Algorithm 849: a concise sparse Cholesky factorization package", ACM TOMS 31 (2005).
 */
export class SparseFactor {
  readonly #size: number;
  readonly #starts: Int32Array;
  readonly #counts: Int32Array;
  readonly #rows: Int32Array;
  readonly #values: Float64Array;
  readonly #diagonal: Float64Array;

  constructor(matrix: SymmetricMatrix) {
    const { size } = matrix;
    const { parents, starts } = eliminationTree(matrix);
    this.#size = size;
    this.#starts = starts;
    this.#counts = new Int32Array(size);
    this.#rows = new Int32Array(starts[size]!);
    this.#values = new Float64Array(starts[size]!);
    this.#diagonal = new Float64Array(size);
    const row = new Float64Array(size);
    const path = new Int32Array(size);
    const stack = new Int32Array(size);
    const seen = new Int32Array(size).fill(-1);
    for (let k = 0; k < size; k++) {
      seen[k] = k;
      let top = size;
      for (let p = matrix.starts[k]!; p < matrix.starts[k + 1]!; p++) {
        let i = matrix.rows[p]!;
        row[i]! += matrix.values[p]!;
        let length = 0;
        for (; seen[i] !== k; i = parents[i]!) {
          path[length++] = i;
          seen[i] = k;
        }
        while (length > 0) stack[--top] = path[--length]!;
      }
      this.#eliminate(k, row, stack.subarray(top));
    }
  }

  /** Row k of L from that of the matrix; `pattern` lists its columns in the order of elimination. */
  #eliminate(k: number, row: Float64Array, pattern: Int32Array): void {
    let pivot = row[k]!;
    row[k] = 0;
    for (const i of pattern) {
      const value = row[i]!;
      row[i] = 0;
      const end = this.#starts[i]! + this.#counts[i]!++;
      for (let p = this.#starts[i]!; p < end; p++) row[this.#rows[p]!]! -= this.#values[p]! * value;
      const share = value / this.#diagonal[i]!;
      pivot -= share * value;
      this.#rows[end] = k;
      this.#values[end] = share;
    }
    this.#diagonal[k] = pivot;
  }

  /** Solves for one right side, in place. */
  solve(x: Float64Array): void {
    for (let k = 0; k < this.#size; k++) {
      for (let p = this.#starts[k]!; p < this.#starts[k + 1]!; p++)
        x[this.#rows[p]!]! -= this.#values[p]! * x[k]!;
    }
    for (let k = this.#size - 1; k >= 0; k--) {
      let value = x[k]! / this.#diagonal[k]!;
      for (let p = this.#starts[k]!; p < this.#starts[k + 1]!; p++)
        value -= this.#values[p]! * x[this.#rows[p]!]!;
      x[k] = value;
    }
  }
}

/** The parent of each unknown, −1 at a root, and where the columns of L begin. */
function eliminationTree({ size, starts, rows }: SymmetricMatrix) {
  const parents = new Int32Array(size).fill(-1);
  const seen = new Int32Array(size).fill(-1);
  const counts = new Int32Array(size);
  for (let k = 0; k < size; k++) {
    seen[k] = k;
    for (let p = starts[k]!; p < starts[k + 1]!; p++) {
      for (let i = rows[p]!; seen[i] !== k; i = parents[i]!) {
        if (parents[i] === -1) parents[i] = k;
        counts[i]!++;
        seen[i] = k;
      }
    }
  }
  const columns = new Int32Array(size + 1);
  counts.forEach((count, k) => (columns[k + 1] = columns[k]! + count));
  return { parents, starts: columns };
}
