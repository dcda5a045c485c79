/**
 * The best and the median of many timed calls, in milliseconds, after warming up until the machine code is final. The best
 * counts: the machine may be shared.
 */
export function timings(action, budget = 800) {
  const end = performance.now() + budget / 4;
  while (performance.now() < end) action();
  const times = [];
  const stop = performance.now() + budget;
  while (performance.now() < stop) {
    const start = performance.now();
    action();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { best: times[0], median: times[times.length >> 1] };
}

/** The best of many timed calls, in milliseconds. */
export const best = (action, budget) => timings(action, budget).best;

export const print = (what, value, unit) =>
  console.log(`${what.padEnd(60)} ${value.toFixed(2).padStart(9)} ${unit}`);
