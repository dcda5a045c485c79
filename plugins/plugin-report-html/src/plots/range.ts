/** An axis that shows all values with some air, and is never narrower than `least`; kept within the limits. */
export function paddedRange(
  values: readonly number[],
  least: number,
  [low, high]: readonly [number, number],
): [number, number] {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const air = Math.max((max - min) * 0.1, (least - (max - min)) / 2, 0);
  return [Math.max(low, min - air), Math.min(high, max + air)];
}

/** Vega thins given ticks out under the format `d`; under this one it shows them all. */
export const WHOLE = '.0f';

/** Tick positions at whole numbers for an axis of epochs: all of them while they fit. */
export function epochAxis(epochs: readonly number[]): { domain: [number, number]; values: number[] } {
  const [first, last] = [Math.min(...epochs), Math.max(...epochs)];
  const every = Math.ceil((last - first + 1) / 12);
  const values = Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => first + i * every);
  const air = first === last ? 0.5 : (last - first) * 0.03;
  return { domain: [first - air, last + air], values };
}

export const WIDTH = 400;
export const HEIGHT = 220;
