import {
  effectiveConductance,
  effectiveConductanceReference,
  lineSeverity,
  lineSeverityReference,
  rankFourConductance,
  rankFourConductanceReference,
  type LineResistances,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { expectClose, numbers, onBoth } from './support.js';

beforeAll(activateWasm);

type Form = (g: tf.Tensor, lines: LineResistances) => tf.Tensor;
/** A rank of four takes its coordinates over all lines of the array, used or not. */
const forms: [string, Form, Form, number][] = [
  ['effectiveConductance', effectiveConductance, effectiveConductanceReference, 1e-5],
  ['rankFourConductance', rankFourConductance, rankFourConductanceReference, 1e-3],
  ['lineSeverity', lineSeverity, lineSeverityReference, 1e-5],
];

test.each(forms)('%s: unused lines at the far ends change nothing', async (_, ours, reference, tolerance) => {
  const resistances = { row: 3, column: 1, rowEnd: 30, columnEnd: 10 };
  const found = await onBoth(() => {
    const g = tf.tensor(numbers(143, 7, 1e-6, 1e-4), [11, 13]);
    if (tf.getBackend() !== 'wasm') return reference(g, resistances);
    const padded = ours(tf.pad(g, [[5, 0], [0, 3]]), resistances); // prettier-ignore
    return padded.rank === 0 ? padded : padded.slice([5, 0], [11, 13]);
  });
  expectClose(found.ours, found.reference, tolerance);
});
