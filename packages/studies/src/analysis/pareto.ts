/** Something with a cost that is to be small and a gain that is to be large. */
export interface Tradeoff {
  readonly cost: number;
  readonly gain: number;
}

/** Those that no other one beats: none costs as little or less and gains more, or costs less and gains as much. By rising cost. */
export function paretoFront<T extends Tradeoff>(all: readonly T[]): T[] {
  const sorted = [...all].sort((a, b) => a.cost - b.cost || b.gain - a.gain);
  const front: T[] = [];
  for (const one of sorted) if (front.length === 0 || one.gain > front.at(-1)!.gain) front.push(one);
  return front;
}
