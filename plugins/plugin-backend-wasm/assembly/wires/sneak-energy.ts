/** δ² / R of the segments of lines with `used` cells, siemens; 0 where nothing varies along them. */
export function stiffness(used: i32, segment: f32): f64 {
  if (used < 2 || segment == 0) return 0;
  const step = 2.0 / f64(used - 1);
  return (step * step) / f64(segment);
}

/** What a pivot must keep of its diagonal element; less is rounding of the moments, which are float32. */
const INDEPENDENCE: f64 = 1e-6;

/**
 * The inverse of the energies [8][8] in place (and the 8 float64 behind it as workspace), on the modes that exist; 0 elsewhere. Modes along y (word lines) or x (bit
 * lines) exist as told, others where they have energy and are not contained in earlier ones.
 */
export function invert(energy: usize, wordVaries: bool, bitVaries: bool): void {
  // Sweeps of the matrix as it is: a pivot is compared with its own diagonal element, so no scaling is needed.
  const diagonal = energy + 8 * 64;
  for (let k = 0; k < 8; k++) store<f64>(diagonal + 8 * k, load<f64>(energy + 72 * k));
  for (let k = 0; k < 8; k++) {
    const varies = k < 4 ? (k & 1) == 0 || wordVaries : (k & 2) == 0 || bitVaries;
    const pivot = load<f64>(energy + 72 * k);
    if (varies && pivot > INDEPENDENCE * load<f64>(diagonal + 8 * k)) sweep(energy, k, 1 / pivot);
    else clear(energy, k);
  }
  for (let k = 0; k < 64; k++) store<f64>(energy + 8 * k, -load<f64>(energy + 8 * k));
}

function sweep(energy: usize, k: i32, inverse: f64): void {
  for (let i = 0; i < 8; i++) {
    if (i == k) continue;
    const factor = load<f64>(energy + 8 * (8 * i + k)) * inverse;
    for (let j = 0; j < 8; j++) {
      if (j == k) continue;
      const at = energy + 8 * (8 * i + j);
      store<f64>(at, load<f64>(at) - factor * load<f64>(energy + 8 * (8 * k + j)));
    }
  }
  for (let i = 0; i < 8; i++) {
    if (i == k) continue;
    const scaled = load<f64>(energy + 8 * (8 * i + k)) * inverse;
    store<f64>(energy + 8 * (8 * i + k), scaled);
    store<f64>(energy + 8 * (8 * k + i), scaled);
  }
  store<f64>(energy + 72 * k, -inverse);
}

function clear(energy: usize, k: i32): void {
  for (let i = 0; i < 8; i++) {
    store<f64>(energy + 8 * (8 * i + k), 0);
    store<f64>(energy + 8 * (8 * k + i), 0);
  }
}
