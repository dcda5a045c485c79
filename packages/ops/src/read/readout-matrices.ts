import type * as tf from '@tensorflow/tfjs';
import { evaluate, evaluateDraws, type NoisyExpression } from '../expression/evaluate.js';
import type { Expression } from '../expression/expression.js';
import { dispatchAll, type NamedTensors } from '../dispatch.js';
import { effectiveConductance } from '../tiles/effective-conductance.js';
import type { LineResistances } from '../tiles/line-profiles.js';
import { rankFourConductance } from '../tiles/rank-four-conductance.js';

/** The name of plane p in expressions: the state of its devices, or what the circuit sees of them. */
export const planeName = (plane: number): string => `plane${plane}`;

/** Wires that are solved in closed form, with sneak paths of the given rank. */
export interface ClosedForm {
  readonly rank: 1 | 4;
  readonly lines: LineResistances;
}

/** Attributes of the kernel `TxReadoutMatrices`. */
export interface MatricesAttributes {
  /** Of a plane, [tileRows, tileColumns, rows, columns]. */
  readonly shape: readonly [number, number, number, number];
  /** State of plane p → the conductance that the circuit sees; undefined where that is the state. */
  readonly conduct: readonly (NoisyExpression | undefined)[];
  /** Absent where wires are ideal. */
  readonly wires?: ClosedForm;
  /** What stands behind each ADC, of the planes as the arrays show them at their terminals. */
  readonly readouts: readonly Expression[];
}

/**
 * From the states of devices to the matrices of products, in one go: conduct stage → wires → readouts.
 *
 * @param inputs the states, `plane0`, `plane1`, …, siemens, and the parameters of the devices; all of the planes' shape
 * @returns one matrix for each readout, siemens
 */
export function readoutMatrices(inputs: NamedTensors, attributes: MatricesAttributes): tf.Tensor4D[] {
  const { conduct, wires, readouts } = attributes;
  const states = readouts.map((r) => (r.op === 'input' ? inputs[r.name]! : undefined));
  // Behind each ADC is one plane as it is.
  if (!wires && conduct.every((stage) => !stage) && states.every((g) => g !== undefined))
    return states.map((g) => g.clone() as tf.Tensor4D);
  return dispatchAll('TxReadoutMatrices', inputs, attributes, () =>
    readoutMatricesReference(inputs, attributes),
  ) as tf.Tensor4D[];
}

/** The reference: one operation per stage and plane. */
export function readoutMatricesReference(
  inputs: NamedTensors,
  attributes: MatricesAttributes,
): tf.Tensor4D[] {
  const { conduct, wires, readouts, shape } = attributes;
  const planes = conduct.map((stage, p) => {
    const seen = stage ? evaluateDraws(stage, inputs, shape) : inputs[planeName(p)]!;
    if (!wires) return seen;
    return (wires.rank === 1 ? effectiveConductance : rankFourConductance)(seen, wires.lines);
  });
  const named = Object.fromEntries(planes.map((g, p) => [planeName(p), g]));
  return readouts.map((readout) => evaluate(readout, named, shape) as tf.Tensor4D);
}
