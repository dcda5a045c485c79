import * as tf from '@tensorflow/tfjs';
import { dispatchAll, type NamedTensors } from '../dispatch.js';
import { evaluateReference, type Draw } from '../expression/evaluate.js';
import { input, type Expression } from '../expression/expression.js';
import { inputNames, mapLeaves, noiseStreamsOf, type NoiseStream } from '../expression/traverse.js';
import type { DrawKey } from '../random/draw.js';
import { fillDraw } from '../random/fill.js';
import { planeShape, type TileGrid } from '../tiles/tile-grid.js';
import { tileOuter } from '../tiles/tile-outer.js';
import { BLOCK, blockKey, blocksOf, padded, pulseElement, SLOTS, unpackTrains } from './train.js';

/** The input that tells a pulse's direction: 1 where the weight goes up, 0 where it goes down. */
export const UP = 'up';

/** What one pulse of a weight does: names of the tensors that change, and what each becomes. */
export interface PulseProgram {
  readonly state: readonly string[];
  /** Expressions of the state, of `up`, of further inputs and of noise. */
  readonly next: readonly Expression[];
}

/** What a backend's `TxPulsedUpdate` kernel gets beside the tensors (the trains are its inputs `x` and `d`). */
export interface PulsedUpdateAttributes {
  readonly program: PulseProgram;
  readonly grid: TileGrid;
  readonly firstSample: number;
  /** For each block of 32 samples a key for each of `pulseNoise(program)`. */
  readonly keys: readonly (readonly DrawKey[])[];
  /** The state is disposed of right after: a backend may write the new one in its place. */
  readonly spent: boolean;
}

/** Programs never change, so what is found in one is found once: stages ask at every step. */
const known = new WeakMap<PulseProgram, { noise: readonly NoiseStream[]; inputs: readonly string[] }>();

function partsOf(program: PulseProgram): { noise: readonly NoiseStream[]; inputs: readonly string[] } {
  let found = known.get(program);
  if (!found) {
    const names = new Set([...program.state, ...program.next.flatMap(inputNames)]);
    names.delete(UP);
    found = { noise: noiseStreamsOf(program.next), inputs: [...names] };
    known.set(program, found);
  }
  return found;
}

/** The noise that a program draws for each pulse. */
export const pulseNoise = (program: PulseProgram): readonly NoiseStream[] => partsOf(program).noise;

/** The tensors that a program needs, its state first. */
export const pulseInputs = (program: PulseProgram): readonly string[] => partsOf(program).inputs;

/**
 * In-array update, pulse by pulse: sample after sample, as many pulses as the trains of a weight's row and column have
 * slots in common; noise is drawn anew for each pulse. Pulses of one sample have one direction: up where the signs of x
 * and d differ.
 *
 * The noise of pulse j of sample s is element `pulseElement(s, j, cells) + cell` of its draw, cells counted with rows
 * rounded up to multiples of 8. So a batch may be cut into calls in any way.
 *
 * @param x int32 trains [batch, inputs]
 * @param d int32 trains [batch, outputs]
 * @param inputs float32 tensors of the plane's shape [tileRows, tileColumns, rows, columns], by name
 * @param noise `draw` is the number of the batch's first sample
 * @param spent whether the state is disposed of right after, so that a backend may write the new one in its place
 * @returns the new state, in the order of `program.state`
 * @throws Error if an input or the noise is missing
 */
export function pulsedUpdate(
  x: tf.Tensor2D,
  d: tf.Tensor2D,
  inputs: NamedTensors,
  program: PulseProgram,
  grid: TileGrid,
  noise: Draw,
  spent = false,
): tf.Tensor4D[] {
  const used: Record<string, tf.Tensor> = { 'trains:x': x, 'trains:d': d };
  for (const name of pulseInputs(program)) {
    if (!inputs[name]) throw new Error(`the pulse needs the input "${name}"; given: ${Object.keys(inputs).join(', ')}`); // prettier-ignore
    used[name] = inputs[name];
  }
  const attributes: PulsedUpdateAttributes = {
    program,
    grid,
    spent,
    firstSample: noise.draw,
    keys: blocksOf(noise.draw, x.shape[0]).map((block) =>
      pulseNoise(program).map((s) => blockKey(noise.streams(s.stream), block, s.kind === 'normal' ? 1 : 0)),
    ),
  };
  return dispatchAll('TxPulsedUpdate', used, attributes, () => pulsedUpdateReference(used, attributes)) as tf.Tensor4D[]; // prettier-ignore
}

/** The reference: every weight is evaluated for each of the 31 pulses that a sample may give it. */
export function pulsedUpdateReference(inputs: NamedTensors, attributes: PulsedUpdateAttributes): tf.Tensor[] {
  const { program, grid, firstSample, keys } = attributes;
  const [x, d] = ['trains:x', 'trains:d'].map((name) => unpackTrains(inputs[name] as tf.Tensor2D));
  const next = program.next.map(asInputs);
  let state = program.state.map((name) => inputs[name]!);
  const batch = inputs['trains:x']!.shape[0]!;
  for (let b = 0; b < batch; b++) {
    state = tf.tidy(() => {
      const of = (t: tf.Tensor3D): tf.Tensor2D => t.slice([b], [1]).squeeze([0]);
      const count = tileOuter(of(x!.bits), of(d!.bits), grid);
      const up = tf.cast(tf.less(tileOuter(of(x!.signs), of(d!.signs), grid), 0), 'float32');
      const block = Math.floor((firstSample + b) / BLOCK) - Math.floor(firstSample / BLOCK);
      let now = state;
      for (let j = 0; j < SLOTS; j++) {
        const noise = pulseNumbers(program, keys[block]!, firstSample + b, j, grid);
        const values = Object.fromEntries(program.state.map((name, k) => [name, now[k]!]));
        const all = { ...inputs, ...noise, ...values, [UP]: up };
        const gets = tf.greater(count, j);
        now = next.map((expression, k) =>
          tf.where(gets, evaluateReference(all, { expression, shape: planeShape(grid), keys: [] }), now[k]!),
        );
      }
      return now;
    });
  }
  return state.map((t) => t.clone());
}

const leafName = (kind: string, stream: string): string => `${kind}:${stream}`;

/** Noise as inputs, which the reference draws itself. */
const asInputs = (e: Expression): Expression =>
  mapLeaves(e, (n) => (n.op === 'normal' || n.op === 'uniform' ? input(leafName(n.op, n.stream)) : n));

function pulseNumbers(
  program: PulseProgram,
  keys: readonly DrawKey[],
  sample: number,
  pulse: number,
  grid: TileGrid,
): Record<string, tf.Tensor> {
  const { tileRows, tileColumns, rows, columns } = grid;
  const cells = tileRows * tileColumns * rows * padded(columns);
  const numbers = pulseNoise(program).map(({ kind, stream }, k): [string, tf.Tensor] => {
    const values = new Float32Array(cells);
    fillDraw(keys[k]!, pulseElement(sample, pulse, cells), values);
    const everywhere = tf.tensor4d(values, [tileRows, tileColumns, rows, padded(columns)]);
    return [leafName(kind, stream), everywhere.slice([0, 0, 0, 0], planeShape(grid))];
  });
  return Object.fromEntries(numbers);
}
