/**
 * Mean steps of pulses, by the conductance before the pulse, in equal bins over the measured range.
 *
 * @param {string} text lines `device,repeat,pulse,conductance_uS`; a line without a pulse is the state before a train
 * @param {number} bins
 * @returns {{ gMin: number, gMax: number, set: Point[], reset: Point[] }} siemens
 * @typedef {{ g: number, step: number }} Point
 */
export function measuredSteps(text, bins) {
  const rows = text
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .slice(1)
    .map((line) => line.split(','));
  const states = rows.map((row) => 1e-6 * Number(row[3]));
  const [gMin, gMax] = [Math.min(...states), Math.max(...states)];
  const found = { set: emptyBins(), reset: emptyBins() };
  rows.forEach(([, , pulse], i) => {
    if (pulse === '') return;
    const before = states[i - 1];
    const bin = Math.min(bins - 1, Math.floor((bins * (before - gMin)) / (gMax - gMin)));
    found[pulse][bin].push({ g: before, step: Math.abs(states[i] - before) });
  });
  return { gMin, gMax, set: means(found.set), reset: means(found.reset) };

  function emptyBins() {
    return Array.from({ length: bins }, () => []);
  }
}

const means = (bins) =>
  bins
    .filter((points) => points.length > 0)
    .map((points) => ({ g: mean(points, 'g'), step: mean(points, 'step') }));

const mean = (points, key) => points.reduce((sum, point) => sum + point[key], 0) / points.length;
