import type { CellCurve, WireNetwork } from '../../../src/wire/index.js';
import { denseSolution, type Driven } from './dense-network.js';

const functions = {
  sinh: (p: number) => ({ f: (v: number) => Math.sinh(p * v) / p, slope: (v: number) => Math.cosh(p * v) }),
  cubic: (p: number) => ({ f: (v: number) => v - p * v ** 3, slope: (v: number) => 1 - 3 * p * v * v }),
};

/**
 * Newton's method on the dense network of `denseSolution`, plain and slow: every step linearises all cells and
 * eliminates the whole circuit. One vector, up to about 8 × 8 cells and βV = 4.
 */
export function denseNewton(
  conductances: number[][],
  network: WireNetwork,
  vector: number[],
  iv: CellCurve,
  driven: Driven = 'wordLines',
): number[] {
  if (iv.kind === 'expression') throw new Error('the dense network knows sinh and cubic only');
  const { f, slope } = iv.kind === 'sinh' ? functions.sinh(iv.beta) : functions.cubic(iv.c);
  let { currents, drops } = denseSolution(conductances, network, [vector], driven);
  for (let step = 0; step < 60; step++) {
    const volts = drops[0]!;
    const tangents = conductances.map((row, i) => row.map((g, j) => g * slope(volts[i]![j]!)));
    const sources = conductances.map((row, i) =>
      row.map((g, j) => g * (f(volts[i]![j]!) - slope(volts[i]![j]!) * volts[i]![j]!)),
    );
    const next = denseSolution(tangents, network, [vector], driven, sources);
    const change = Math.max(
      ...next.drops[0]!.flatMap((row, i) => row.map((v, j) => Math.abs(v - volts[i]![j]!))),
    );
    ({ currents, drops } = next);
    if (change < 1e-14) return currents[0]!;
  }
  return currents[0]!;
}
