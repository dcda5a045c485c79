import type { Crossbar } from './crossbar.js';

/**
 * Independent series resistance: every cell as if it alone used its two lines, Geff = G / (1 + G R_ij) with all that
 * lies between its source and its sink, R_ij = source + (j + 1) row + (M − i) column + sink.
 *
 * The model of MLP+NeuroSim and MNSIM. For comparison: where lines carry the currents of many cells it removes only
 * about a tenth of the error of ideal wires.
 *
 * @returns [M·N] siemens
 */
export function seriesResistance({ rows, columns, conductances, network }: Crossbar): Float64Array {
  const { row, column, source, sink } = network;
  return conductances.map((g, k) => {
    const j = k % columns;
    const i = (k - j) / columns;
    return g / (1 + g * (source + (j + 1) * row + (rows - i) * column + sink));
  });
}
