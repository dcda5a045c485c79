/**
 * A general solver to compare with: the nodal matrix of a crossbar as a symmetric band (word- and bit-line nodes of a
 * cell side by side, bandwidth 2N), Cholesky's factorisation and one solution, float64.
 */
export function bandedCurrents(g, m, n, volts, { row, column, rowEnd, columnEnd }) {
  const size = 2 * m * n;
  const width = 2 * n + 1;
  // band[k * width + b] = A[k, k − b]
  const band = new Float64Array(size * width);
  const x = new Float64Array(size);
  const join = (a, b, siemens) => {
    band[a * width] += siemens;
    band[b * width] += siemens;
    band[Math.max(a, b) * width + Math.abs(a - b)] -= siemens;
  };
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const u = 2 * (i * n + j);
      join(u, u + 1, g[i * n + j]);
      if (j + 1 < n) join(u, u + 2, 1 / row);
      if (i + 1 < m) join(u + 1, u + 1 + 2 * n, 1 / column);
    }
    band[2 * i * n * width] += 1 / rowEnd;
    x[2 * i * n] = volts[i] / rowEnd;
  }
  for (let j = 0; j < n; j++) band[(2 * ((m - 1) * n + j) + 1) * width] += 1 / columnEnd;
  factorise(band, size, width);
  substitute(band, size, width, x);
  return Float64Array.from({ length: n }, (_, j) => x[2 * ((m - 1) * n + j) + 1] / columnEnd);
}

function factorise(band, size, width) {
  for (let k = 0; k < size; k++) {
    for (let b = Math.min(width - 1, k); b >= 0; b--) {
      const j = k - b;
      let sum = band[k * width + b];
      const first = Math.max(0, k - width + 1, j - width + 1);
      for (let i = first; i < j; i++) sum -= band[k * width + k - i] * band[j * width + j - i];
      band[k * width + b] = b === 0 ? Math.sqrt(sum) : sum / band[j * width];
    }
  }
}

function substitute(band, size, width, x) {
  for (let k = 0; k < size; k++) {
    let sum = x[k];
    for (let i = Math.max(0, k - width + 1); i < k; i++) sum -= band[k * width + k - i] * x[i];
    x[k] = sum / band[k * width];
  }
  for (let k = size - 1; k >= 0; k--) {
    x[k] /= band[k * width];
    for (let i = Math.max(0, k - width + 1); i < k; i++) x[i] -= band[k * width + k - i] * x[k];
  }
}
