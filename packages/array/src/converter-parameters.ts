import type { Adc } from '@txsim/core';
import { evaluate, input, mapLeaves, type Direction, type Expression, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { NoiseSource } from './noise.js';

/** The name that a parameter of the converters behind readout q has. */
const nameOf = (name: string, q: number): string => `converter${q}/${name}`;

/** A conversion as that of the converters behind readout q. */
export const ofConverters = (e: Expression, { perConverter = {} }: Adc, q: number): Expression =>
  mapLeaves(e, (leaf) =>
    leaf.op === 'input' && leaf.name in perConverter ? input(nameOf(leaf.name, q)) : leaf,
  );

/**
 * What is drawn once per ADC, for the lines that are sensed in one direction: [tileRows, tileColumns, 1, lines], equal for
 * lines that share a converter. Undefined where converters do not differ.
 */
export function drawConverterParameters(
  { perConverter = {}, sharedBy = 1 }: Adc,
  { tileRows, tileColumns, rows, columns }: TileGrid,
  direction: Direction,
  readouts: number,
  noise: NoiseSource,
): Record<string, tf.Tensor> | undefined {
  const parameters = Object.entries(perConverter);
  if (parameters.length === 0) return undefined;
  const lines = direction === 'forward' ? columns : rows;
  const converters = Math.ceil(lines / sharedBy);
  const draw = (e: Expression, q: number): tf.Tensor =>
    tf.tidy(() => {
      const ofEach = evaluate(e, {}, [tileRows, tileColumns, converters, 1], noise.draw(q));
      const ofLines = tf.tile(ofEach, [1, 1, 1, sharedBy]).reshape([tileRows, tileColumns, 1, -1]);
      return tf.keep(ofLines.slice([0, 0, 0, 0], [tileRows, tileColumns, 1, lines]));
    });
  const named = Array.from({ length: readouts }, (_, q) =>
    parameters.map(([name, e]) => [nameOf(name, q), draw(e, q)] as const),
  );
  return Object.fromEntries(named.flat());
}
