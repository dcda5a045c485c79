import {
  add,
  countCoincidences,
  countedTrains,
  countProducts,
  input,
  multiply,
  normal,
  pulsedUpdate,
  pulseTrains,
  randomStream,
  select,
  subtract,
  UP,
  type PulseCounts,
  type PulseProgram,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { Promised } from '../support/promises.js';
import type { Parity } from './parity.js';
import { normals, uniforms } from './tensors.js';

const GRIDS: readonly TileGrid[] = [
  { inputs: 5, outputs: 3, tileRows: 1, tileColumns: 1, rows: 5, columns: 3 },
  { inputs: 21, outputs: 13, tileRows: 3, tileColumns: 2, rows: 8, columns: 8 },
  { inputs: 70, outputs: 33, tileRows: 2, tileColumns: 1, rows: 40, columns: 40 },
];
const BATCH = 5;
/** The samples are in two blocks of 32. */
const FIRST = 30;
/** Relative to the largest value; counts are exact. */
const TOLERANCE = 1e-5;

/** A step towards ±1, with noise. */
const PULSE: PulseProgram = {
  state: ['w'],
  next: [
    add(
      input('w'),
      multiply(0.01, subtract(select(input(UP), 1, -1), input('w')), add(1, multiply(0.3, normal('c2c')))),
    ),
  ],
};

const matrix = (lines: number, seed: number): tf.Tensor2D => normals([BATCH, lines], seed);
const drawn = (lines: number, seed: number): tf.Tensor2D =>
  pulseTrains(matrix(lines, seed), tf.scalar(0.5), tf.scalar(9), randomStream(1, `${seed}`), FIRST);
const flat = ({ up, down }: PulseCounts): tf.Tensor => tf.stack([up, down]);

/** What holds of pulse trains, of counted pulses and of updates by them. */
export function promisePulses(promised: Promised, { same, here }: Parity): void {
  for (const grid of GRIDS) {
    const { inputs, outputs, tileRows, tileColumns, rows, columns } = grid;
    const title = `${inputs}×${outputs} in ${tileRows}×${tileColumns} tiles of ${rows}×${columns}`;
    promised(`coincidences of pulse trains, ${title}`, () =>
      same(() => flat(countCoincidences(drawn(inputs, 1), drawn(outputs, 2), grid)), 0),
    );
    promised(`coincidences of trains with so many pulses, ${title}`, () => {
      const whole = (lines: number, seed: number): tf.Tensor2D =>
        tf.round(tf.mul<tf.Tensor2D>(uniforms([BATCH, lines], seed), 31));
      return same(() => flat(countCoincidences(countedTrains(whole(inputs, 1)), countedTrains(whole(outputs, 2)), grid)), 0); // prettier-ignore
    });
    promised(`counts of products, ${title}`, () =>
      same(() => flat(countProducts(matrix(inputs, 1), matrix(outputs, 2), tf.scalar(0.5), grid)), 0),
    );
    promised(`an update pulse by pulse, ${title}`, () => {
      const noise = { draw: FIRST, streams: (stream: string) => randomStream(2, stream) };
      const w = () => normals([tileRows, tileColumns, rows, columns], 4);
      return same(() => pulsedUpdate(drawn(inputs, 1), drawn(outputs, 2), { w: w() }, PULSE, grid, noise)[0]!, TOLERANCE); // prettier-ignore
    });
    promised(`a spent state may be written over, but not where something else has it, ${title}`, async () => {
      const noise = { draw: FIRST, streams: (stream: string) => randomStream(2, stream) };
      const first = (): tf.Tensor4D => normals([tileRows, tileColumns, rows, columns], 4);
      const updated = (w: tf.Tensor, spent: boolean): tf.Tensor =>
        pulsedUpdate(drawn(inputs, 1), drawn(outputs, 2), { w }, PULSE, grid, noise, spent)[0]!;
      await here(() => updated(first(), true), () => updated(first(), false)); // prettier-ignore
      const kept = (): tf.Tensor => {
        const w = first();
        const other = w.clone();
        updated(w, true);
        return other;
      };
      await here(kept, first);
    });
  }
}
