/**
 * The best of many timed calls, in milliseconds, after warming up until the machine code is final. A best, not a mean:
 * the machine may be shared.
 */
export function best(action, budget = 800) {
  const end = performance.now() + budget / 4;
  while (performance.now() < end) action();
  let least = Infinity;
  const stop = performance.now() + budget;
  while (performance.now() < stop) {
    const start = performance.now();
    action();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

export const print = (what, value, unit) =>
  console.log(`${what.padEnd(60)} ${value.toFixed(2).padStart(9)} ${unit}`);
