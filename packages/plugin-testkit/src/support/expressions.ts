import {
  evaluate,
  fillNormal,
  fillUniform,
  mapLeaves,
  randomStream,
  substitute,
  type Draw,
  type Expression,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

type PerDevice = Readonly<Record<string, Expression>> | undefined;

/** Numbers by the name of the input. */
export type Vectors = Readonly<Record<string, ArrayLike<number>>>;

/** The values of an expression for vectors of equal length, on the current backend. */
export async function valuesOf(
  expression: Expression,
  vectors: Vectors,
  draw = 0,
  seed = 1,
): Promise<number[]> {
  const length = Math.max(...Object.values(vectors).map((v) => v.length));
  const inputs = Object.fromEntries(
    Object.entries(vectors).map(([k, v]) => [k, tf.tensor1d(Float32Array.from(v))]),
  );
  const result = evaluate(expression, inputs, [length], noise(draw, seed));
  const values = Array.from(await result.data());
  tf.dispose([result, inputs]);
  return values;
}

const noise = (draw: number, seed: number): Draw => ({
  draw,
  streams: (name) => randomStream(seed, 'testkit', name),
});

/** Per-device parameters put in place of their names. */
export const withParameters = (e: Expression, perDevice: PerDevice): Expression =>
  substitute(e, perDevice ?? {});

/** The nominal case of an expression: normal noise is 0 and uniform noise ½, per-device parameters included. */
export const nominal = (e: Expression, perDevice: PerDevice): Expression =>
  mapLeaves(withParameters(e, perDevice), (leaf) => {
    if (leaf.op === 'normal') return { op: 'constant', value: 0 };
    return leaf.op === 'uniform' ? { op: 'constant', value: 0.5 } : leaf;
  });

/** `count` numbers from `low` to `high`, both included. */
export const spaced = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/** Numbers of U(low, high) that depend on the seed alone. */
export function uniformNumbers(count: number, low: number, high: number, seed = 1): number[] {
  const values = new Float32Array(count);
  fillUniform(randomStream(seed, 'testkit'), 0, 0, values);
  return Array.from(values, (u) => low + (high - low) * u);
}

/** Numbers of N(0, 1) that depend on the seed alone. */
export function normalNumbers(count: number, seed = 1): Float32Array {
  const values = new Float32Array(count);
  fillNormal(randomStream(seed, 'testkit'), 0, 0, values);
  return values;
}

/** Every pair of an element of `a` with one of `b`. */
export const pairs = (a: readonly number[], b: readonly number[]): [number, number][] =>
  a.flatMap((x) => b.map((y): [number, number] => [x, y]));
