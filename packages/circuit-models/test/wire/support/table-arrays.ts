import type { RandomArray } from './arrays.js';

/** How conductances are spread over their window. */
export const distributions = ['uniform', 'trained', 'structured', 'binary', 'offset'] as const;

type State = (i: number, j: number) => number;

/**
 * The random arrays of the error table over ρ_b: N of 32, 64, 128 or 256 bit lines and N or N/2 word lines,
 * on-resistance 1 to 100 kΩ, on/off 10 to 100, segments 0.1 to 20 Ω, the same for rows and columns, terminals 30 to
 * 1000 Ω with the segment beside them (all log-uniform), 64 vectors in [0, 1] V.
 *
 * uniform; trained: pairs of normal weights (σ = ¼) in adjacent columns; structured: |normal| (σ = 0.12) times log-normal
 * row and column factors (0.7, 0.5) plus a smooth part; binary: on or off; offset: normal (σ = ¼) about the middle.
 */
export function tableArray(random: () => number): RandomArray {
  const between = (low: number, high: number): number => low * (high / low) ** random();
  const columns = [32, 64, 128, 256][Math.floor(random() * 4)]!;
  const rows = random() < 0.5 ? columns : columns / 2;
  const on = 1 / between(1e3, 1e5);
  const off = on / between(10, 100);
  const kind = distributions[Math.floor(random() * distributions.length)]!;
  const state = stateOf(kind, rows, columns, random);
  const conductances = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (__, j) => off + (on - off) * state(i, j)),
  );
  const segment = between(0.1, 20);
  const terminal = (): number => between(30, 1000) - segment;
  const network = { row: segment, column: segment, source: terminal(), sink: terminal() };
  const voltages = Array.from({ length: 64 }, () => Array.from({ length: rows }, random));
  return { conductances, network, voltages };
}

function stateOf(
  kind: (typeof distributions)[number],
  rows: number,
  columns: number,
  random: () => number,
): State {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const clip = (value: number, low: number): number => Math.max(low, Math.min(1, value));
  switch (kind) {
    case 'uniform':
      return random;
    case 'binary':
      return () => Number(random() < 0.5);
    case 'offset':
      return () => (1 + clip(normal() / 4, -1)) / 2;
    case 'trained': {
      let weight = 0;
      return (_, j) => {
        if (j % 2 === 0) weight = clip(normal() / 4, -1);
        return Math.max(j % 2 === 0 ? weight : -weight, 0);
      };
    }
    case 'structured': {
      const factors = (count: number, sigma: number): number[] => Array.from({ length: count }, () => Math.exp(sigma * normal())); // prettier-ignore
      const [byRow, byColumn] = [factors(rows, 0.7), factors(columns, 0.5)];
      return (i, j) => {
        const smooth = 0.2 * Math.abs(Math.sin(i / 7) * Math.cos(j / 11));
        return clip(Math.abs(0.12 * normal()) * byRow[i]! * byColumn[j]! + smooth, 0);
      };
    }
  }
}
