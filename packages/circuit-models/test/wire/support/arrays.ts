import type { WireNetwork } from '../../../src/wire/index.js';

/** A seeded source of uniform numbers in [0, 1) (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface RandomArray {
  conductances: number[][];
  network: WireNetwork;
  voltages: number[][];
}

export interface Ranges {
  rows: [number, number];
  columns: [number, number];
  /** Probability of an open cell. */
  open?: number;
  /** Probability that a resistance of the network is 0. */
  none?: number;
  /** Whether voltages take both signs. */
  signed?: boolean;
}

/** An array of 1 kΩ..100 kΩ, on/off 10..100, wires of 0.1..20 Ω and terminals of 1..1000 Ω, log-uniform. */
export function randomArray(random: () => number, ranges: Ranges): RandomArray {
  const { open = 0, none = 0, signed = false } = ranges;
  const between = (low: number, high: number) => low * (high / low) ** random();
  const whole = ([low, high]: [number, number]) => low + Math.floor(random() * (high - low + 1));
  const unless = (value: number, probability: number) => (random() < probability ? 0 : value);
  const [M, N] = [whole(ranges.rows), whole(ranges.columns)];
  const on = 1 / between(1e3, 1e5);
  const off = on / between(10, 100);
  const list = <T>(length: number, make: () => T) => Array.from({ length }, make);
  const network = {
    row: unless(between(0.1, 20), none),
    column: unless(between(0.1, 20), none),
    source: unless(between(1, 1000), none),
    sink: unless(between(1, 1000), none),
  };
  return {
    conductances: list(M, () => list(N, () => unless(off + (on - off) * random(), open))),
    network,
    voltages: list(2, () => list(M, () => random() - (signed ? 0.5 : 0))),
  };
}

/** A random array as a problem. */
export function problemOf({ conductances, network, voltages }: RandomArray) {
  const { row, column, source, sink } = network;
  return { conductances, voltages, wire: { row, column }, source, sink };
}

export const transposed = (matrix: number[][]) => matrix[0]!.map((_, j) => matrix.map((line) => line[j]!));
export const mirrored = (matrix: number[][]) => [...matrix].reverse().map((line) => [...line].reverse());
export const largest = (matrix: number[][]) => Math.max(...matrix.flat().map(Math.abs));
export const difference = (a: number[][], b: number[][]) =>
  Math.max(...a.flatMap((line, i) => line.map((value, j) => Math.abs(value - b[i]![j]!))));
