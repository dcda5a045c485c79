import * as tf from '@tensorflow/tfjs';
import { dispatch, dispatchAll, type NamedTensors } from '../dispatch.js';
import { drawKey, type DrawKey } from '../random/draw.js';
import { fillDraw } from '../random/fill.js';
import type { RandomStream } from '../random/stream.js';
import type { BinaryOperation, Expression, UnaryOperation } from './expression.js';
import {
  inputNames,
  inputNamesOf,
  noiseStreams,
  noiseStreamsOf,
  postorder,
  type NoiseStream,
} from './traverse.js';

/** The noise of one evaluation: the stream of each name, and which draw of it. */
export interface Draw {
  readonly streams: (name: string) => RandomStream;
  /** Usually the training step. One draw gives every element its own number. */
  readonly draw: number;
}

/** An expression with what its noise is made from. */
export interface NoisyExpression {
  readonly expression: Expression;
  /** What the draws of `noiseStreams(expression)` are made from, in that order; all of one generator. */
  readonly keys: readonly DrawKey[];
}

/** What a backend's `TxEvaluate` kernel gets beside the input tensors. */
export interface EvaluateAttributes extends NoisyExpression {
  readonly shape: readonly number[];
}

/**
 * Evaluates an expression for every element of `shape`; inputs broadcast to it as in tfjs.
 *
 * @param inputs float32 tensors by name; each must broadcast to `shape`
 * @param noise needed when the expression draws noise
 * @throws Error if an input or the noise is missing, or the streams are of different generators
 */
export const evaluate = (
  expression: Expression,
  inputs: NamedTensors,
  shape: readonly number[],
  noise?: Draw,
): tf.Tensor => evaluateDraws(withNoise(expression, noise), inputs, shape);

/**
 * An expression with the keys of a draw.
 *
 * @throws Error if the noise is missing, or the streams are of different generators
 */
export function withNoise(expression: Expression, noise: Draw | undefined): NoisyExpression {
  return { expression, keys: keysOf(noiseStreams(expression), noise) };
}

function keysOf(streams: readonly NoiseStream[], noise: Draw | undefined): DrawKey[] {
  if (streams.length > 0 && !noise)
    throw new Error(`the expression draws noise ("${streams[0]!.stream}") and got none`);
  const keys = streams.map((s) =>
    drawKey(noise!.streams(s.stream), noise!.draw, s.kind === 'normal' ? 1 : 0),
  );
  if (keys.some((key) => key.generator !== keys[0]!.generator))
    throw new Error('the noise streams of an expression are of different generators');
  return keys;
}

/**
 * `evaluate` with the keys of the noise at hand.
 *
 * @throws Error if an input is missing
 */
export function evaluateDraws(
  { expression, keys }: NoisyExpression,
  inputs: NamedTensors,
  shape: readonly number[],
): tf.Tensor {
  const used = pick(inputNames(expression), inputs);
  const attributes: EvaluateAttributes = { expression, shape, keys };
  return dispatch('TxEvaluate', used, attributes, () => evaluateReference(used, attributes));
}

function pick(names: readonly string[], inputs: NamedTensors): NamedTensors {
  const used: Record<string, tf.Tensor> = {};
  for (const name of names) {
    const tensor = inputs[name];
    if (!tensor)
      throw new Error(`the expression needs the input "${name}"; given: ${Object.keys(inputs).join(', ')}`);
    used[name] = tensor;
  }
  return used;
}

/** Where nothing changes: expression k is the input `states[k]` wherever all inputs named in `requests` are 0. */
export interface Still {
  readonly states: readonly string[];
  readonly requests: readonly string[];
  /** The states are disposed of right after: a backend may write the new ones in their place. */
  readonly spent?: boolean;
}

/** What a backend's `TxEvaluateAll` kernel gets beside the input tensors. */
export interface EvaluateAllAttributes {
  readonly expressions: readonly Expression[];
  /** Of `noiseStreamsOf(expressions)`, in that order; all of one generator. */
  readonly keys: readonly DrawKey[];
  readonly shape: readonly number[];
  /** A backend may pass over what does not change. */
  readonly still?: Still | undefined;
}

/**
 * Evaluates several expressions of the same inputs, in one loop where the backend can. A noise stream that two of them
 * draw is the same numbers in both.
 *
 * @param expressions always the same array: backends know its program by identity
 * @param still what is known not to change, if anything is
 * @throws Error if an input or the noise is missing, or the streams are of different generators
 */
export function evaluateAll(
  expressions: readonly Expression[],
  inputs: NamedTensors,
  shape: readonly number[],
  noise?: Draw,
  still?: Still,
): tf.Tensor[] {
  const used = pick(inputNamesOf(expressions), inputs);
  const keys = keysOf(noiseStreamsOf(expressions), noise);
  const attributes: EvaluateAllAttributes = { expressions, keys, shape, still };
  return dispatchAll('TxEvaluateAll', used, attributes, () =>
    expressions.map((expression) => evaluate(expression, inputs, shape, noise)),
  );
}

/** The reference: one tfjs operation per node, noise from the plain TypeScript generator. */
export function evaluateReference(inputs: NamedTensors, attributes: EvaluateAttributes): tf.Tensor {
  const { expression, shape, keys } = attributes;
  const size = shape.reduce((a, b) => a * b, 1);
  const noise = noiseStreams(expression).map(({ kind, stream }, i) => {
    const values = new Float32Array(size);
    fillDraw(keys[i]!, 0, values);
    return { id: `${kind}:${stream}`, tensor: tf.tensor(values, [...shape]) };
  });
  const values = new Map<Expression, tf.Tensor>();
  const of = (e: Expression): tf.Tensor => values.get(e)!;
  for (const n of postorder(expression)) values.set(n, node(n));
  return tf.broadcastTo(of(expression), [...shape]).clone();

  function node(n: Expression): tf.Tensor {
    switch (n.op) {
      case 'constant':
        return tf.scalar(n.value);
      case 'input':
        return inputs[n.name]!;
      case 'normal':
      case 'uniform':
        return noise.find((x) => x.id === `${n.op}:${n.stream}`)!.tensor;
      case 'select':
        return tf.where(tf.notEqual(of(n.condition), 0), of(n.a), of(n.b));
      default:
        return 'b' in n ? BINARY[n.op](of(n.a), of(n.b)) : UNARY[n.op](of(n.a));
    }
  }
}

const BINARY: Record<BinaryOperation, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
  add: tf.add,
  subtract: tf.sub,
  multiply: tf.mul,
  divide: tf.div,
  minimum: tf.minimum,
  maximum: tf.maximum,
  power: tf.pow,
  less: (a, b) => tf.cast(tf.less(a, b), 'float32'),
};

const UNARY: Record<UnaryOperation, (a: tf.Tensor) => tf.Tensor> = {
  negate: tf.neg,
  abs: tf.abs,
  sqrt: tf.sqrt,
  exp: tf.exp,
  expm1: tf.expm1,
  log: tf.log,
  floor: tf.floor,
  round: tf.round,
  sign: tf.sign,
};
