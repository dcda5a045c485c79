import type { Crossbar } from './crossbar.js';

/** Jeong's k: how the on and off resistances are weighted in the device that stands for all. */
const weighting = 0.95;

/**
 * Jeong's model: every column as one representative device in series with the wires it sees,
 *
 *     I_j = Σ_i V_i G_ij · R_d / (A_j + R_d + B)
 *     A_j = row Σ_(k≤j) (N − k) + N source,   B = column M (M + 1) / 2 + M sink
 *     R_d = (a R_on + b R_off) / (a + b),   a = R_on^−k, b = R_off^−k, k = 0.95
 *
 * with the smallest and the largest resistance in the array. Source: IEEE 8219726, which has one resistance per segment
 * and no terminals; those are our extension. For comparison: it knows neither the pattern of the conductances nor that
 * of the inputs.
 *
 * @returns [M·N] siemens
 */
export function jeong({ rows, columns, conductances, network }: Crossbar): Float64Array {
  const { row, column, source, sink } = network;
  const representative = representativeResistance(conductances);
  const behind = (column * rows * (rows + 1)) / 2 + rows * sink;
  const factors = Float64Array.from({ length: columns }, (_, j) => {
    const before = row * ((j + 1) * columns - (j * (j + 1)) / 2) + columns * source;
    return representative / (before + representative + behind);
  });
  return conductances.map((g, k) => g * factors[k % columns]!);
}

/** R_d of the array; 1 where all cells are open and nothing depends on it. */
function representativeResistance(conductances: Float64Array): number {
  let [most, least] = [0, Infinity];
  for (const g of conductances) {
    if (g > most) most = g;
    if (g > 0 && g < least) least = g;
  }
  if (most === 0) return 1;
  const [a, b] = [most ** weighting, least ** weighting];
  return (a / most + b / least) / (a + b);
}
