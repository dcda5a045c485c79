import { describeMapping } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

/** Both devices get half of every change, and one of them may have come to its end alone. */
const HALVES = 'the two devices of a weight are not kept mirror images of each other';

describeMapping(__identifier__, {
  limits: { rows: 64, columns: 64 },
  exempt: { 'from any state, a change that the window can hold is made inside the window': HALVES },
});
