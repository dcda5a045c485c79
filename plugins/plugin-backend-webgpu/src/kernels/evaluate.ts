import type * as tf from '@tensorflow/tfjs';
import {
  inputNames,
  noiseStreams,
  type EvaluateAttributes,
  type Expression,
  type Generator,
} from '@txsim/ops';
import { addressesOf } from './addresses.js';
import { kernelConfig } from './arguments.js';
import { dimensionsOf } from './broadcast.js';
import { pack, withBuffers, type Packing } from './buffers.js';
import { evaluateCode, WORDS } from './evaluate-code.js';
import { runShader, sizeOf, THREADS } from './shader.js';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** An expression for given shapes, ready to run. */
interface Plan {
  readonly code: string;
  readonly packing: Packing;
  /** All uniforms but the keys and the number of the draw. */
  readonly integers: Readonly<Record<string, number>>;
  readonly workgroups: number;
}

function planOf(
  expression: Expression,
  shape: readonly number[],
  shapes: readonly (readonly number[])[],
  buffers: number,
  generator: Generator,
): Plan {
  const packing = pack(shapes.map(sizeOf), buffers);
  const addresses = addressesOf(dimensionsOf(shape, shapes), shapes.length);
  const count = sizeOf(shape);
  const offsets = packing.places.flatMap(({ offset }, k) =>
    offset > 0 ? [[`offset${k}`, offset] as const] : [],
  );
  const noisy = noiseStreams(expression).length > 0;
  const perThread = noisy ? WORDS[generator] : 1;
  const threads = noisy ? 4 * Math.ceil(count / (4 * perThread)) : count;
  return {
    code: evaluateCode(expression, addresses, packing.places, generator),
    packing,
    integers: { count, ...addresses.integers, ...Object.fromEntries(offsets) },
    workgroups: Math.ceil(threads / THREADS),
  };
}

/** Shapes that are remembered per expression. */
const KEPT = 64;

const plans = new WeakMap<Expression, Map<string, Plan>>();

/** Plans are found by the expression's identity, so that a step pays for a look-up. */
function remembered(expression: Expression, key: string, make: () => Plan): Plan {
  let known = plans.get(expression);
  if (!known) plans.set(expression, (known = new Map()));
  let plan = known.get(key);
  if (!plan) {
    if (known.size >= KEPT) known.clear();
    known.set(key, (plan = make()));
  }
  return plan;
}

const noiseOf = ({ keys }: EvaluateAttributes): Record<string, number> =>
  Object.fromEntries(keys.flatMap(({ words }, k) => words.map((word, w) => [`key${k}_${w}`, word])));

/** `evaluate` of @txsim/ops: the expression as one program, noise included, compiled when it is first seen. */
export const evaluate = kernelConfig<Inputs, EvaluateAttributes>(
  'TxEvaluate',
  (backend, inputs, attributes) => {
    const { expression, shape, keys } = attributes;
    const generator = keys[0]?.generator ?? 'feistel';
    const operands = inputNames(expression).map((name) => inputs[name]!);
    const shapes = operands.map((t) => t.shape);
    const available = backend.device.limits.maxStorageBuffersPerShaderStage - 1;
    const key = `${generator}|${available}|${shape}|${shapes.join('|')}`;
    const plan = remembered(expression, key, () => planOf(expression, shape, shapes, available, generator));
    return withBuffers(backend, plan.packing, operands, (buffers) =>
      runShader(backend, {
        code: plan.code,
        inputs: Object.fromEntries(buffers.map((buffer, k) => [`in${k}`, buffer])),
        integers: { ...plan.integers, ...noiseOf(attributes) },
        shape,
        workgroups: plan.workgroups,
        workgroupSize: THREADS,
      }),
    );
  },
);
