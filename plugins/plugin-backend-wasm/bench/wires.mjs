/** The wires of one array on this machine, one thread: closed forms, the network, and a general solver beside them. */
import * as tf from '@tensorflow/tfjs';
import {
  effectiveConductance,
  exactConductance,
  exactCurrents,
  lineSeverity,
  rankFourConductance,
} from '@txsim/ops';
import { bandedCurrents } from './banded.mjs';
import { best, print } from './measure.mjs';

const LINES = { row: 2, column: 2, rowEnd: 102, columnEnd: 102 };
const GENERAL = 128;

/** Devices of 10 to 100 kΩ on wires of 2 Ω with terminals of 100 Ω; the harder one 1 to 10 kΩ at 3 Ω. */
export function wires() {
  for (const size of [64, 128, 256]) {
    const title = `${size} × ${size}`;
    const arrays = tf.randomUniform([8, size, size], 1e-5, 1e-4, 'float32', 1);
    const each = (solve) => (best(() => solve(arrays, LINES).dispose()) * 1e3) / 8;
    print(`effective conductance, rank one, ${title}`, each(effectiveConductance), 'µs/array');
    print(`effective conductance, rank four, ${title}`, each(rankFourConductance), 'µs/array');
    print(`severity ρ_b, ${title}`, each(lineSeverity), 'µs/array');
    const g = arrays.slice([0, 0, 0], [1, size, size]);
    print(
      `network: effective conductance, ${title}`,
      best(() => exactConductance(g, LINES).dispose()),
      'ms',
    );
    for (const count of [1, 8]) {
      const volts = tf.randomUniform([1, count, size], 0, 1, 'float32', 2);
      const ms = best(() => exactCurrents(volts, g, LINES).dispose());
      print(`network: ${count} vector${count > 1 ? 's' : ''}, ${title}`, ms, 'ms');
      volts.dispose();
    }
    if (size <= GENERAL) general(g, size, title);
    tf.dispose([arrays, g]);
  }
  const hard = { row: 3, column: 3, rowEnd: 3, columnEnd: 3 };
  const [g, volts] = [tf.randomUniform([1, 256, 256], 1e-4, 1e-3), tf.randomUniform([1, 1, 256])];
  print(
    'network: 1 vector, 256 × 256, 1 kΩ, 3 Ω',
    best(() => exactCurrents(volts, g, hard).dispose()),
    'ms',
  );
  tf.dispose([g, volts]);
}

/** Once: it takes seconds. */
function general(g, size, title) {
  const [cells, volts] = [g.dataSync(), new Float64Array(size).fill(0.5)];
  const start = performance.now();
  const currents = bandedCurrents(cells, size, size, volts, LINES);
  print(`general banded solver, float64, 1 vector, ${title}`, performance.now() - start, 'ms');
  const given = tf.tensor(Float32Array.from(volts), [1, 1, size]);
  const ours = exactCurrents(given, g, LINES);
  const found = ours.dataSync();
  const worst = Math.max(...currents.map((I, j) => Math.abs(found[j] / I - 1)));
  print(`largest relative difference of a current from it, ${title}`, worst * 1e6, '1e-6');
  tf.dispose([given, ours]);
}
